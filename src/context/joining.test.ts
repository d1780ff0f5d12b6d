import { expect, fixture, html } from '@open-wc/testing';
import { LitElement } from 'lit';
import { rendered } from '../../test/helpers/browser/dom.js';
import {
  elsewhere,
  ended,
  expectSame,
  inPage,
  ownServer,
  recordEvents,
  talk,
  typesOf,
} from '../../test/helpers/browser/people.js';
import { next, until } from '../../test/helpers/browser/until.js';
import type { RtcProvider } from '../components/provider/provider.js';
import { registry } from './registry.js';
import { SessionElement } from './session-element.js';
import type { PageSession } from './page-session.js';
import '../define/login.js';
import '../define/roster.js';
import '../define/video-call.js';

/** A tag that counts how often it renders, and that shows who is signed in. */
class Probe extends SessionElement {
  renders = 0;

  protected override slice({ signaling }: PageSession) {
    return [signaling.state.name];
  }

  protected override render() {
    this.renders++;
    return html`${this.session?.signaling.state.name}`;
  }
}
customElements.define('test-probe', Probe);

/** A component of the page, with tags in its shadow root. */
class Card extends LitElement {
  protected override render() {
    return html`<test-probe></test-probe><slot></slot>`;
  }
}
customElements.define('test-card', Card);

/** An element with a provider in its shadow root. */
class Wrapper extends LitElement {
  protected override render() {
    return html`<rtc-provider id="hidden" server=${ownServer()}></rtc-provider>`;
  }
}
customElements.define('test-wrapper', Wrapper);

const probeIn = (root: Element) =>
  (root.shadowRoot?.querySelector('test-probe') ?? root.querySelector('test-probe')) as Probe;

const providerIn = (root: Element, id: string) => root.querySelector<RtcProvider>(`#${id}`)!;

async function place(content: unknown): Promise<HTMLElement> {
  const root = await fixture<HTMLElement>(html`<div>${content}</div>`);
  await rendered(root);
  return root;
}

/** Waits until something about providers has changed. */
const providersChange = () => next(registry, 'change');

describe('the nearest provider', () => {
  it('is that of the provider around a tag', async () => {
    const root = await place(html`
      <rtc-provider id="outer" server=${ownServer()}>
        <rtc-provider id="inner" server=${ownServer()}><test-probe></test-probe></rtc-provider>
      </rtc-provider>
    `);
    const { session } = probeIn(root);
    expectSame(!!session, true);
    expectSame(session, providerIn(root, 'inner').session);
  });

  it('is found through shadow roots', async () => {
    const root = await place(html`
      <rtc-provider id="first" server=${ownServer()}></rtc-provider>
      <rtc-provider id="around" server=${ownServer()}><test-card></test-card></rtc-provider>
    `);
    const probe = probeIn(root.querySelector('test-card')!);
    expectSame(probe.session, providerIn(root, 'around').session);
  });

  it('is that of the provider a tag is moved into', async () => {
    const root = await place(html`
      <rtc-provider id="one" server=${ownServer()}><test-probe></test-probe></rtc-provider>
      <rtc-provider id="two" server=${ownServer()}></rtc-provider>
    `);
    const probe = probeIn(root);
    providerIn(root, 'two').append(probe);
    expectSame(probe.session, providerIn(root, 'two').session);
  });

  it('is waited for, rather than to join another meanwhile', async () => {
    const joined: (PageSession | undefined)[] = [];
    class Curious extends Probe {
      protected override joined(session: PageSession): void {
        joined.push(session);
      }
    }
    customElements.define('test-curious', Curious);
    const root = await place(html`
      <rtc-provider id="first" server=${ownServer()}></rtc-provider>
      <rtc-provider id="around" server=${ownServer()}><test-curious></test-curious></rtc-provider>
    `);
    expect(joined).to.have.length(1);
    expectSame(joined[0], providerIn(root, 'around').session);
  });
});

describe('a provider named by its id', () => {
  it('is found wherever it is', async () => {
    const root = await place(html`
      <rtc-provider id="here" server=${ownServer()}>
        <test-probe provider="there"></test-probe>
      </rtc-provider>
      <rtc-provider id="there" server=${ownServer()}></rtc-provider>
    `);
    expectSame(probeIn(root).session, providerIn(root, 'there').session);
  });

  it('is found in a shadow root', async () => {
    const root = await place(html`
      <test-probe provider="hidden"></test-probe>
      <test-wrapper></test-wrapper>
    `);
    const hidden = root.querySelector('test-wrapper')!.shadowRoot!.querySelector('rtc-provider')!;
    expectSame(probeIn(root).session, hidden.session);
  });

  it('is found when it comes later', async () => {
    const root = await place(html`<test-probe provider="late"></test-probe>`);
    expectSame(probeIn(root).session, undefined);
    const late = document.createElement('rtc-provider');
    late.id = 'late';
    late.server = ownServer();
    root.append(late);
    await rendered(root);
    expectSame(probeIn(root).session, late.session);
    expectSame(!!late.session, true);
  });

  it('is that of the provider named last', async () => {
    const root = await place(html`
      <rtc-provider id="one" server=${ownServer()}></rtc-provider>
      <rtc-provider id="two" server=${ownServer()}></rtc-provider>
      <test-probe provider="one"></test-probe>
    `);
    const probe = probeIn(root);
    probe.setAttribute('provider', 'two');
    await probe.updateComplete;
    expectSame(probe.session, providerIn(root, 'two').session);
  });

  it('is not replaced by another when there is none of that name', async () => {
    const root = await place(html`
      <rtc-provider server=${ownServer()}>
        <test-probe provider="nowhere"></test-probe>
      </rtc-provider>
    `);
    expectSame(probeIn(root).session, undefined);
  });
});

describe('the default provider of the page', () => {
  it('is the first, for tags that stand in none', async () => {
    const root = await place(html`
      <test-probe></test-probe>
      <rtc-provider id="one" server=${ownServer()}></rtc-provider>
      <rtc-provider id="two" server=${ownServer()}></rtc-provider>
    `);
    expectSame(probeIn(root).session, providerIn(root, 'one').session);
  });

  it('is kept when another comes before it, and followed by the next when it is removed', async () => {
    const root = await place(html`
      <test-probe></test-probe>
      <rtc-provider id="one" server=${ownServer()}></rtc-provider>
    `);
    const one = providerIn(root, 'one');
    const zero = document.createElement('rtc-provider');
    zero.server = ownServer();
    root.prepend(zero);
    await rendered(root);
    expectSame(probeIn(root).session, one.session);
    one.remove();
    await providersChange();
    expectSame(probeIn(root).session, zero.session);
  });

  it('is there for a tag that comes later', async () => {
    const root = await place(html`<rtc-provider id="one" server=${ownServer()}></rtc-provider>`);
    const probe = document.createElement('test-probe') as Probe;
    root.append(probe);
    expectSame(probe.session, providerIn(root, 'one').session);
  });

  it('is none where there is no provider and no server said', async () => {
    const root = await place(html`<test-probe></test-probe>`);
    expectSame(probeIn(root).session, undefined);
  });
});

describe('two providers on a page', () => {
  it('do not mix', async () => {
    const server = ownServer();
    const alice = await inPage('Alice', html`<test-probe></test-probe>`, { server });
    const bob = await inPage('Bob', html`<test-probe></test-probe>`, { server });
    await rendered(document.body);
    expectSame(alice.session === bob.session, false);
    expectSame(probeIn(alice.provider).session, alice.session);
    expectSame(probeIn(bob.provider).session, bob.session);
    expect(probeIn(alice.provider).shadowRoot!.textContent).to.equal('Alice');
    expect(probeIn(bob.provider).shadowRoot!.textContent).to.equal('Bob');
    bob.session.logout();
    expect(alice.session.signaling.state.status).to.equal('signed-in');
    expect(typesOf(alice.events)).to.deep.equal(['rtc-login']);
    expect(typesOf(bob.events)).to.deep.equal(['rtc-login', 'rtc-logout']);
  });
});

describe('a tag', () => {
  it('renders again only when its slice of the session has changed', async () => {
    const alice = await inPage('Alice', html`<test-probe></test-probe><rtc-roster></rtc-roster>`);
    const probe = probeIn(alice.provider);
    await probe.updateComplete;
    const { renders } = probe;
    const roster = alice.session.roster!;
    await elsewhere('Bob', { server: alice.server });
    await until(roster, () => roster.state.online.size === 1);
    await probe.updateComplete;
    expect(probe.renders).to.equal(renders);
    await alice.provider.login('Carol');
    await probe.updateComplete;
    expect(probe.shadowRoot!.textContent).to.equal('Carol');
  });

  it('that is taken out listens no more', async () => {
    const alice = await inPage('Alice', html`<test-probe></test-probe>`);
    const probe = probeIn(alice.provider);
    await probe.updateComplete;
    probe.remove();
    expectSame(probe.session, undefined);
    await probe.updateComplete;
    const { renders } = probe;
    await alice.provider.login('Carol');
    expect(probe.isUpdatePending).to.equal(false);
    expect(probe.renders).to.equal(renders);
  });
});

describe('a provider', () => {
  it('that is moved keeps its session and its calls, and so do the tags in it', async () => {
    const alice = await inPage('Alice', html`<rtc-video-call></rtc-video-call>`);
    const bob = await elsewhere('Bob', { server: alice.server });
    const { session } = alice;
    const calls = await talk(alice, bob, 'video');
    const elsewhereInPage = await place(html`<p>Elsewhere</p>`);
    elsewhereInPage.append(alice.provider);
    await tasks();
    expectSame(alice.provider.session, session);
    expectSame(alice.tag('rtc-video-call').session, session);
    expect(calls.map(({ state }) => state.phase)).to.deep.equal(['active', 'active']);
    expect(alice.devices.live).to.deep.equal(['audio', 'video']);
  });

  it('that is removed signs out, closes every device and lets go of its tags', async () => {
    const alice = await inPage('Alice', html`<rtc-video-call></rtc-video-call>`, {});
    const outside = await fixture<Probe>(html`<test-probe provider="alice"></test-probe>`);
    alice.provider.id = 'alice';
    registry.changed();
    expectSame(outside.session, alice.session);
    const bob = await elsewhere('Bob', { server: alice.server });
    const [outgoing, incoming] = await talk(alice, bob, 'video');
    const { session } = alice;
    alice.provider.remove();
    await until(session.signaling, () => session.signaling.state.status === 'signed-out');
    expect(alice.devices.live).to.deep.equal([]);
    expect(outgoing.state.reason).to.equal('signed-out');
    expect(await ended(incoming)).to.equal('hung-up');
    expectSame(alice.provider.session, undefined);
    expectSame(outside.session, undefined);
    await elsewhere('Alice', { server: alice.server });
  });

  it('that is put back later begins anew', async () => {
    const alice = await inPage('Alice', html`<test-probe></test-probe>`);
    const parent = alice.provider.parentElement!;
    alice.provider.remove();
    await providersChange();
    parent.append(alice.provider);
    await rendered(parent);
    expectSame(!!alice.provider.session, true);
    expectSame(probeIn(alice.provider).session, alice.provider.session);
    await alice.provider.login('Alice');
    await probeIn(alice.provider).updateComplete;
    expect(probeIn(alice.provider).shadowRoot!.textContent).to.equal('Alice');
  });

  it('that is given another server leaves the one before', async () => {
    const alice = await inPage('Alice', html`<test-probe></test-probe>`);
    const before = alice.session;
    alice.provider.server = ownServer();
    await rendered(alice.provider);
    expect(before.signaling.state.status).to.equal('signed-out');
    expectSame(alice.session === before, false);
    expectSame(probeIn(alice.provider).session, alice.session);
    await elsewhere('Alice', { server: alice.server });
  });
});

describe('the tag that shows a call', () => {
  it('may be moved, and the call goes on', async () => {
    const alice = await inPage(
      'Alice',
      html`<p></p>
        <rtc-video-call></rtc-video-call>`,
    );
    const bob = await elsewhere('Bob', { server: alice.server });
    const calls = await talk(alice, bob, 'video');
    alice.provider.querySelector('p')!.append(alice.tag('rtc-video-call'));
    await tasks();
    await rendered(alice.provider);
    expect(calls.map(({ state }) => state.phase)).to.deep.equal(['active', 'active']);
  });
});

describe('public events', () => {
  it('come once, from the provider, and can be heard around it', async () => {
    const alice = await inPage('Alice', html`<rtc-video-call></rtc-video-call>`);
    const bubbled = recordEvents(document.body);
    const bob = await elsewhere('Bob', { server: alice.server });
    const calls = await talk(bob, alice, 'video');
    calls[0].hangUp();
    await Promise.all(calls.map(ended));
    alice.session.logout();
    const expected = ['rtc-call-incoming', 'rtc-call-start', 'rtc-call-end', 'rtc-logout'];
    expect(typesOf(bubbled)).to.deep.equal(expected);
    expect(typesOf(alice.events)).to.deep.equal(['rtc-login', ...expected]);
    for (const event of alice.events) expect(event.target).to.equal(alice.provider);
  });

  it('let the page decline a call before anybody sees it', async () => {
    const alice = await inPage('Alice', html`<rtc-video-call></rtc-video-call>`);
    alice.provider.addEventListener('rtc-call-incoming', (event) => event.preventDefault());
    const bob = await elsewhere('Bob', { server: alice.server });
    expect(await ended(bob.session.call('Alice', 'video')!)).to.equal('declined');
  });
});

/** Waits until whatever a removal has put off has been done. */
async function tasks(): Promise<void> {
  for (let count = 0; count < 3; count++) await new Promise((resolve) => setTimeout(resolve));
}
