import { expect } from '@open-wc/testing';
import { openTab } from '../../../test/helpers/browser/other-tab.js';
import { callAt, elsewhere, ownServer } from '../../../test/helpers/browser/people.js';
import { next, until } from '../../../test/helpers/browser/until.js';
import type { ServerMessage } from '../../protocol/messages.js';
import type { RtcError } from '../errors.js';
import type { Session } from '../session.js';
import { LocalTransport } from './local-transport.js';

const signedIn = ({ signaling }: Session) =>
  until(signaling, () => signaling.state.status === 'signed-in');

const signedOut = ({ signaling }: Session) =>
  until(signaling, () => signaling.state.status === 'signed-out');

describe('a hub between the tabs of one origin', () => {
  it('knows everybody who names the same server, and nobody else', async () => {
    const alice = await elsewhere('Alice');
    const { session } = await elsewhere('alice', { server: alice.server, signIn: false });
    const error = await session.login('alice').catch((reason: RtcError) => reason);
    expect(error?.code).to.equal('name-taken');
    await elsewhere('Alice');
  });

  it('serves a tab that came later', async () => {
    const alice = await elsewhere('Alice');
    const tab = await openTab();
    const bob = await tab.signIn(alice.server, 'Bob');
    const call = bob.call('Alice', 'chat')!;
    await callAt(alice, call.id);
  });

  it('goes on in another tab when the one with the hub is closed', async () => {
    const server = ownServer();
    const tab = await openTab();
    await tab.signIn(server, 'Bob');
    const alice = await elsewhere('Alice', { server });
    const { epoch } = alice.session.signaling.welcome!;
    tab.close();
    await until(alice.session, () => alice.session.signaling.welcome!.epoch !== epoch);
    await signedIn(alice.session);
    // To those who stay it was a restart of the server; who left with it is gone.
    expect(alice.events.map(({ type }) => type)).to.deep.equal(['rtc-login']);
    await elsewhere('Bob', { server });
  });

  it('keeps the name of a closed tab for a while, as after a reload', async () => {
    const alice = await elsewhere('Alice');
    const tab = await openTab();
    await tab.signIn(alice.server, 'Bob');
    tab.close();
    // A frame shares this with the page around it, a tab with no other.
    sessionStorage.clear();
    const { session } = await elsewhere('Bob', { server: alice.server, signIn: false });
    const error = await session.login('Bob').catch((reason: RtcError) => reason);
    expect(error?.code).to.equal('name-taken');
  });

  it('tells those in a call with a tab that it has been closed', async () => {
    const alice = await elsewhere('Alice');
    const tab = await openTab();
    const bob = await tab.signIn(alice.server, 'Bob');
    const { id } = bob.call('Alice', 'chat')!;
    await callAt(alice, id);
    const { signaling } = alice.session;
    const away = new Promise((resolve) => {
      signaling.addEventListener('message', (event) => {
        const message = (event as MessageEvent<ServerMessage>).data;
        if (message.type === 'away') resolve(message.name);
      });
    });
    tab.close();
    expect(await away).to.equal('Bob');
  });

  it('frees the name of somebody who signs out', async () => {
    const alice = await elsewhere('Alice');
    alice.session.logout();
    await signedOut(alice.session);
    await elsewhere('Alice', { server: alice.server });
  });
});

describe('a connection to it', () => {
  it('opens once, and says when it closes once', async () => {
    const transport = new LocalTransport(crypto.randomUUID());
    const heard: string[] = [];
    const closed = new Promise<void>((resolve) => {
      transport.onclose = ({ code }) => {
        heard.push(`close ${code}`);
        resolve();
      };
    });
    await new Promise<void>((resolve) => {
      transport.onopen = () => {
        heard.push('open');
        resolve();
      };
    });
    transport.close(1000);
    await closed;
    expect(heard).to.deep.equal(['open', 'close 1000']);
  });

  it('waits for a hub where there is none yet', async () => {
    const name = crypto.randomUUID();
    let give!: () => void;
    const held = new Promise<void>((resolve) => {
      void navigator.locks.request(`rtc-widgets:${name}`, () => {
        resolve();
        return new Promise<void>((release) => (give = release));
      });
    });
    await held;
    const transport = new LocalTransport(name);
    const target = new EventTarget();
    transport.onopen = () => target.dispatchEvent(new Event('open'));
    const open = next(target, 'open');
    give();
    await open;
    transport.close();
  });

  it('is refused where the browser has no way to', async () => {
    const locks = Object.getOwnPropertyDescriptor(Navigator.prototype, 'locks')!;
    Object.defineProperty(Navigator.prototype, 'locks', { value: undefined, configurable: true });
    try {
      const { session } = await elsewhere('Alice', { signIn: false });
      const error = await session.login('Alice').catch((reason: RtcError) => reason);
      expect(error?.code).to.equal('local-unsupported');
    } finally {
      Object.defineProperty(Navigator.prototype, 'locks', locks);
    }
  });
});
