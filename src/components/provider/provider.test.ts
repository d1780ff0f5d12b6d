import { expect, fixture, html } from '@open-wc/testing';
import { expectAccessible } from '../../../test/helpers/browser/accessible.js';
import { connections } from '../../../test/helpers/browser/connections.js';
import { rendered } from '../../../test/helpers/browser/dom.js';
import { PageServer } from '../../../test/helpers/browser/page-server.js';
import {
  elsewhere,
  ended,
  expectSame,
  inPage,
  ownServer,
  recordEvents,
  ring,
  talk,
  typesOf,
} from '../../../test/helpers/browser/people.js';
import { next, until } from '../../../test/helpers/browser/until.js';
import { FakeClock } from '../../../test/helpers/fake-clock.js';
import type { RtcError } from '../../core/errors.js';
import type { RtcErrorEvent } from '../../events/error-event.js';
import type { RtcProvider } from './provider.js';
import '../../define/provider.js';
import '../../define/video-call.js';

const place = (content: unknown) => fixture<RtcProvider>(content as never);

describe('rtc-provider', () => {
  it('shows its content, and has no box of its own', async () => {
    const provider = await place(html`
      <rtc-provider server=${ownServer()}><p>Words of the page</p></rtc-provider>
    `);
    expect(getComputedStyle(provider).display).to.equal('contents');
    expect(provider.querySelector('p')!.checkVisibility()).to.equal(true);
    await expectAccessible(provider);
  });

  it('connects to nothing before somebody signs in', async () => {
    const server = new PageServer();
    const provider = await place(html`<rtc-provider server=${server.url}></rtc-provider>`);
    await provider.updateComplete;
    await new Promise((resolve) => setTimeout(resolve));
    expect(server.connections).to.equal(0);
  });
});

describe('server', () => {
  it('may be a path on the page’s own origin', async () => {
    const { host } = location;
    const server = new PageServer(undefined, `ws://${host}/talk`);
    const provider = await place(html`<rtc-provider server="/talk"></rtc-provider>`);
    await provider.login('Alice');
    expect(server.connections).to.equal(1);
    provider.logout();
  });

  it('is the page’s own origin by default', async () => {
    const server = new PageServer(undefined, `ws://${location.host}/`);
    const provider = await place(html`<rtc-provider></rtc-provider>`);
    await provider.login('Alice');
    expect(server.connections).to.equal(1);
    provider.logout();
  });
});

describe('login, call and logout', () => {
  it('do the same as the tags', async () => {
    const provider = document.createElement('rtc-provider');
    provider.server = ownServer();
    const root = await fixture(html`<div></div>`);
    root.append(provider);
    const events = recordEvents(provider);
    // At once: there is no session yet.
    await provider.login('Alice');
    const bob = await elsewhere('Bob', { server: provider.server });
    const call = provider.call('Bob')!;
    expect(call.kind).to.equal('video');
    call.hangUp();
    expect(provider.call('Bob', 'chat')!.kind).to.equal('chat');
    await until(bob.session, () => bob.session.state.calls.some(({ kind }) => kind === 'chat'));
    provider.logout();
    expect(typesOf(events)).to.deep.equal([
      'rtc-login',
      'rtc-call-end',
      'rtc-call-end',
      'rtc-logout',
    ]);
  });

  it('reject with the reason', async () => {
    const alice = await inPage('Alice', html``);
    const second = await inPage('Alice', html``, { server: alice.server, signIn: false });
    const error = await second.provider.login('Alice').catch((reason: RtcError) => reason);
    expect(error?.code).to.equal('name-taken');
    expect(second.provider.call('Bob')).to.equal(undefined);
    const codes = second.events.map((event) => (event as RtcErrorEvent).code);
    expect(codes).to.deep.equal(['name-taken', 'not-signed-in']);
  });
});

describe('arguments that make no sense', () => {
  const thrown = (act: () => unknown) => {
    try {
      act();
    } catch (error) {
      return String(error);
    }
    return 'nothing thrown';
  };

  it('throw a TypeError with words', async () => {
    const { provider, session, events } = await inPage('Alice', html``);
    expect(thrown(() => provider.call('Bob', 'fax' as never))).to.equal(
      "TypeError: kind must be 'video', 'voice' or 'chat', not 'fax'",
    );
    for (const act of [
      () => provider.call(7 as never),
      () => session.startChat(7 as never),
      () => session.chat(7 as never),
    ]) {
      expect(thrown(act)).to.equal('TypeError: name must be a string, not 7');
    }
    expect(thrown(() => session.chat('Bob').send(null as never))).to.equal(
      'TypeError: text must be a string, not null',
    );
    const refused = await provider.login(undefined as never).catch(String);
    expect(refused).to.equal('TypeError: name must be a string, not undefined');
    expect(session.state.calls).to.deep.equal([]);
    expect(typesOf(events)).to.deep.equal(['rtc-login']);
  });
});

describe('ice-servers', () => {
  const urls = 'stun:stun.example.org';

  it('are used besides those that the server hands out', async () => {
    const turn = { urls: 'turn:turn.example.org', username: 'u', credential: 'c' };
    const server = new PageServer({ settings: { iceServers: [turn] } });
    const alice = await inPage('Alice', html``, { server: server.url });
    alice.provider.setAttribute('ice-servers', JSON.stringify([{ urls }]));
    await rendered(alice.provider);
    const bob = await elsewhere('Bob', { server: server.url });
    await ring(alice, bob, 'voice');
    const used = connections.at(-1)!.getConfiguration().iceServers!;
    expect(used.flatMap((each) => each.urls)).to.deep.equal([urls, turn.urls]);
  });

  for (const bad of ['{', '{}', '[{}]', '[null]', '"stun:stun.example.org"']) {
    it(`report ${bad}, and leave it out`, async () => {
      const events: Event[] = [];
      const listen = (event: Event) => events.push(event);
      document.addEventListener('rtc-error', listen);
      try {
        const provider = await place(html`
          <rtc-provider server=${ownServer()} ice-servers=${bad}></rtc-provider>
        `);
        expect(events.map((event) => (event as RtcErrorEvent).code)).to.deep.equal([
          'bad-ice-servers',
        ]);
        expect(provider.session!.settings.iceServers).to.deep.equal([]);
      } finally {
        document.removeEventListener('rtc-error', listen);
      }
    });
  }
});

describe('max-video', () => {
  it('is the largest picture that is captured', async () => {
    const alice = await inPage('Alice', html``);
    alice.provider.setAttribute('max-video', '1280x720');
    await rendered(alice.provider);
    alice.provider.call('Bob');
    const size = { width: { max: 1280 }, height: { max: 720 } };
    expect(alice.devices.asked[0]!.video).to.deep.equal(size);
  });

  it('is left to the device when malformed', async () => {
    const provider = await place(html`
      <rtc-provider server=${ownServer()} max-video="large"></rtc-provider>
    `);
    expect(provider.session!.settings.maxVideo).to.equal(undefined);
  });
});

describe('ring-timeout', () => {
  it('is how long a call rings, in seconds', async () => {
    const clock = new FakeClock();
    const alice = await inPage('Alice', html``, { settings: { clock } });
    alice.provider.setAttribute('ring-timeout', '5');
    await rendered(alice.provider);
    const bob = await elsewhere('Bob', { server: alice.server });
    const [outgoing] = await ring(alice, bob, 'voice');
    await clock.advance(4999);
    expect(outgoing.ended).to.equal(false);
    await clock.advance(1);
    expect(await ended(outgoing)).to.equal('no-answer');
  });
});

describe('settings', () => {
  const stun = [{ urls: 'stun:stun.example.org' }];
  const used = (provider: RtcProvider) => {
    const { ringTimeout, relayOnly, maxVideo, iceServers } = provider.session!.settings;
    return { ringTimeout, relayOnly, maxVideo, iceServers };
  };
  const defaults = {
    ringTimeout: 45_000,
    relayOnly: false,
    maxVideo: undefined,
    iceServers: [] as RTCIceServer[],
  };
  const fromCode = {
    ringTimeout: 10_000,
    relayOnly: true,
    maxVideo: { width: 320, height: 180 },
    iceServers: stun,
  };
  const bare = () => place(html`<rtc-provider server=${ownServer()}></rtc-provider>`);

  it('from code win over the defaults, also when set later, until they are taken back', async () => {
    const provider = await bare();
    expect(used(provider)).to.deep.equal(defaults);
    const { session } = provider;
    provider.settings = fromCode;
    await rendered(provider);
    expectSame(provider.session, session);
    expect(used(provider)).to.deep.equal(fromCode);
    provider.settings = {};
    await rendered(provider);
    expect(used(provider)).to.deep.equal(defaults);
  });

  for (const [attribute, value, name, wanted] of [
    ['ring-timeout', '5', 'ringTimeout', 5000],
    ['max-video', '640x480', 'maxVideo', { width: 640, height: 480 }],
    ['ice-servers', '[]', 'iceServers', []],
    ['relay-only', '', 'relayOnly', true],
  ] as const) {
    for (const settings of [{}, fromCode]) {
      const over = settings === fromCode ? 'settings from code' : 'a default';
      it(`are won by ${attribute} over ${over} only while it is present`, async () => {
        const provider = await bare();
        provider.settings = settings;
        provider.setAttribute(attribute, value);
        await rendered(provider);
        const before = { ...defaults, ...settings };
        expect(used(provider)).to.deep.equal({ ...before, [name]: wanted });
        provider.removeAttribute(attribute);
        await rendered(provider);
        expect(used(provider)).to.deep.equal(before);
      });
    }
  }

  it('lose the effect of a property that is cleared', async () => {
    const provider = await bare();
    Object.assign(provider, { relayOnly: true, maxVideo: '640x480', ringTimeout: 5 });
    await rendered(provider);
    expect(used(provider)).not.to.deep.equal(defaults);
    Object.assign(provider, { relayOnly: false, maxVideo: '', ringTimeout: null });
    await rendered(provider);
    expect(used(provider)).to.deep.equal(defaults);
  });

  it('take effect on the next call', async () => {
    const clock = new FakeClock();
    const alice = await inPage('Alice', html``, { settings: { clock } });
    alice.provider.settings = { ...alice.provider.settings, ringTimeout: 10_000 };
    await rendered(alice.provider);
    const bob = await elsewhere('Bob', { server: alice.server });
    const [outgoing] = await ring(alice, bob, 'voice');
    await clock.advance(9_999);
    expect(outgoing.ended).to.equal(false);
    await clock.advance(1);
    expect(await ended(outgoing)).to.equal('no-answer');
  });
});

describe('the events', () => {
  it('come from the provider, bubble, and cross shadow roots', async () => {
    const alice = await inPage('Alice', html`<rtc-video-call></rtc-video-call>`);
    const bob = await elsewhere('Bob', { server: alice.server });
    const [outgoing, incoming] = await talk(alice, bob, 'voice');
    const channel = bob.session.chat('Alice');
    await until(channel, () => channel.state.open);
    const message = next(alice.provider, 'rtc-message');
    channel.send('Hello');
    await message;
    incoming.hangUp();
    await ended(outgoing);
    expect(typesOf(alice.events)).to.deep.equal([
      'rtc-login',
      'rtc-call-start',
      'rtc-message',
      'rtc-call-end',
    ]);
    for (const event of alice.events) {
      expect([event.bubbles, event.composed, event.cancelable]).to.deep.equal([true, true, false]);
    }
  });
});
