import { expect } from '@open-wc/testing';
import { PageServer } from '../../../test/helpers/browser/page-server.js';
import '../../../test/helpers/browser/quiet-console.js';
import { until } from '../../../test/helpers/browser/until.js';
import { FakeClock } from '../../../test/helpers/fake-clock.js';
import type { Json } from '../../../test/helpers/hub-client.js';
import type { ServerMessage } from '../../protocol/messages.js';
import type { RtcError } from '../errors.js';
import { defaultSettings, type SessionSettings } from '../settings.js';
import { Delivery } from './delivery.js';
import { Signaling } from './signaling.js';

/** A clock that keeps what waits were asked of it. */
class RecordingClock extends FakeClock {
  readonly waits: number[] = [];

  override after(delay: number, task: () => void): () => void {
    // The heartbeat has a test of its own.
    if (delay === Infinity) return () => {};
    this.waits.push(delay);
    return super.after(delay, task);
  }
}

let server: PageServer;
let clock: RecordingClock;
let open: Signaling[];

beforeEach(() => {
  server = new PageServer();
  clock = new RecordingClock();
  open = [];
});
afterEach(() => {
  for (const signaling of open) signaling.logout();
});

function client(url = server.url, settings: Partial<SessionSettings> = {}): Signaling {
  const all = { ...defaultSettings, clock, heartbeat: Infinity, ...settings };
  const signaling = new Signaling(url, all);
  signaling.deliver((host) => new Delivery(all, host), { announcements: () => [], lost: () => {} });
  open.push(signaling);
  return signaling;
}

const is = (signaling: Signaling, status: string) =>
  until(signaling, () => signaling.state.status === status);

/** The code of the error that something is rejected with. */
const refusal = async (promise: Promise<unknown>) => {
  try {
    await promise;
    return undefined;
  } catch (error) {
    return (error as RtcError).code;
  }
};

const logins = () => server.received.filter(({ type }) => type === 'login');

/** How long a connection may take to open. */
const OPENING = 9000;

/** The waits between attempts to connect. */
const waits = () => clock.waits.filter((wait) => wait !== OPENING);

let restored: typeof WebSocket;

/** A network that swallows every packet: sockets never open. @returns the addresses asked for */
function swallow(): unknown[] {
  ({ WebSocket: restored } = globalThis);
  const asked: unknown[] = [];
  globalThis.WebSocket = class extends EventTarget {
    constructor(address: unknown) {
      super();
      asked.push(address);
    }
    close() {}
  } as unknown as typeof WebSocket;
  return asked;
}

describe('a connection that does not open', () => {
  afterEach(() => {
    globalThis.WebSocket = restored;
  });

  it('is given up in a few seconds, with an address given as text', async () => {
    const asked = swallow();
    const refused = refusal(client('ws://192.0.2.1:9').login('Alice'));
    await Promise.resolve();
    await clock.advance(OPENING);
    expect(await refused).to.equal('unreachable');
    expect(asked).to.deep.equal(['ws://192.0.2.1:9/']);
  });

  it('is tried anew as somebody comes back to the page', async () => {
    const alice = client();
    await alice.login('Alice');
    const asked = swallow();
    server.drop();
    await clock.advance(0);
    expect(asked).to.have.length(1);
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
    expect(asked).to.have.length(1);
    await clock.advance(2001);
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
    await Promise.resolve();
    expect(asked).to.have.length(2);
    alice.logout();
  });
});

describe('signing in', () => {
  it('is on its way, and then done, under the name as the server keeps it', async () => {
    const alice = client();
    expect(alice.state).to.deep.equal({ status: 'signed-out', name: '' });
    const done = alice.login('  Alice ');
    expect(alice.state.status).to.equal('signing-in');
    await done;
    expect(alice.state).to.include({ status: 'signed-in', name: 'Alice' });
    expect(alice.state.error).to.equal(undefined);
    expect(alice.welcome?.epoch).to.be.a('string');
  });

  it('says that it is the kit, and which version of the wire it speaks', async () => {
    await client().login('Alice');
    const [{ resume, ...login }] = logins() as [Json];
    expect(login).to.have.nested.include({ type: 'login', name: 'Alice', 'hello.version': 1 });
    // Known to the server should its answer be lost.
    expect(resume).to.match(/^[0-9a-f]{32}$/);
  });

  it('is refused where the name is taken', async () => {
    await client().login('Alice');
    const second = client();
    expect(await refusal(second.login('alice'))).to.equal('name-taken');
    expect(second.state.status).to.equal('signed-out');
    expect(second.state.error?.code).to.equal('name-taken');
  });

  it('is refused where the server is not there, and not tried again', async () => {
    server.mode = 'down';
    const alice = client();
    expect(await refusal(alice.login('Alice'))).to.equal('unreachable');
    expect(alice.state.status).to.equal('signed-out');
    expect(alice.state.error?.code).to.equal('unreachable');
    expect(clock.waiting).to.equal(0);
  });

  it('is refused where the address is none', async () => {
    expect(await refusal(client('ws://:0').login('Alice'))).to.equal('bad-server');
    expect(await refusal(client('gopher://host').login('Alice'))).to.equal('bad-server');
  });

  it('is called off by signing out', async () => {
    server.mode = 'silent';
    const alice = client();
    const login = alice.login('Alice');
    alice.logout();
    expect(alice.state).to.include({ status: 'signed-out' });
    expect(alice.state.error).to.equal(undefined);
    expect(await refusal(login)).to.equal('not-signed-in');
    expect(server.connections).to.equal(0);
  });

  it('as somebody else gives the name before back', async () => {
    const alice = client();
    await alice.login('Alice');
    await alice.login('Carol');
    expect(alice.state.name).to.equal('Carol');
    await client().login('Alice');
  });

  it('again after a refusal forgets the refusal', async () => {
    await client().login('Alice');
    const second = client();
    await refusal(second.login('Alice'));
    await second.login('Bob');
    expect(second.state).to.include({ status: 'signed-in' });
    expect(second.state.error).to.equal(undefined);
  });
});

describe('signing out', () => {
  it('frees the name at once', async () => {
    const alice = client();
    await alice.login('Alice');
    alice.logout();
    expect(alice.state.status).to.equal('signed-out');
    await client().login('Alice');
  });

  it('takes back what is sent afterwards', async () => {
    const alice = client();
    expect(alice.send({ type: 'watch', on: true })).to.equal(false);
    await alice.login('Alice');
    expect(alice.send({ type: 'watch', on: true })).to.equal(true);
    alice.logout();
    expect(alice.send({ type: 'watch', on: true })).to.equal(false);
  });
});

describe('messages', () => {
  it('are passed on when they have passed the guard', async () => {
    const alice = client();
    const got: ServerMessage[] = [];
    await alice.login('Alice');
    alice.addEventListener('message', (event) =>
      got.push((event as MessageEvent<ServerMessage>).data),
    );
    server.tell('no JSON');
    server.tell({ type: 'unheard of' });
    server.tell({ type: 'call', name: 7 });
    server.tell({ type: 'away', name: 'Bob' });
    await until(alice, () => got.length > 0, 'message');
    expect(got).to.deep.equal([{ type: 'away', name: 'Bob' }]);
  });

  it('may be new servers for ICE, which count from then on', async () => {
    const alice = client();
    await alice.login('Alice');
    const told = new Promise((resolve) => alice.addEventListener('message', resolve));
    const iceServers = [{ urls: 'turn:turn.example.org', username: '1060:a', credential: 'c' }];
    server.tell({ type: 'ice-servers', iceServers: [{ urls: 7 }] });
    server.tell({ type: 'ice-servers', iceServers });
    server.tell({ type: 'away', name: 'Bob' });
    await told;
    expect(alice.welcome!.iceServers).to.deep.equal(iceServers);
  });
});

describe('a lost connection', () => {
  it('is made again at once, as the same session', async () => {
    const alice = client();
    await alice.login('Alice');
    const { welcome } = alice;
    server.drop();
    expect(alice.state).to.include({ status: 'reconnecting', name: 'Alice' });
    expect(alice.send({ type: 'watch', on: true })).to.equal(false);
    expect(waits()).to.deep.equal([0]);
    await clock.advance(0);
    await is(alice, 'signed-in');
    expect(logins().at(-1)).to.include({ name: 'Alice', resume: welcome!.resume });
    expect(alice.welcome).to.include({ resumed: true, epoch: welcome!.epoch });
  });

  it('is made again by a page whose clock was set back meanwhile', async () => {
    const now = Date.now;
    after(() => (Date.now = now));
    const alice = client();
    await alice.login('Alice');
    Date.now = () => now() - 3_600_000;
    server.drop();
    await clock.advance(0);
    await is(alice, 'signed-in');
    expect(alice.welcome!.resumed).to.equal(true);
    // The next page goes on where this one stopped.
    const next = client();
    next.goOn({ name: 'Alice', resume: alice.resume, at: alice.loggedInAt });
    await is(next, 'signed-in');
    expect(next.welcome!.resumed).to.equal(true);
  });

  it('is tried again with doubling waits up to the longest, with full jitter', async () => {
    const random = Math.random;
    after(() => (Math.random = random));
    const alice = client();
    await alice.login('Alice');
    server.mode = 'down';
    Math.random = () => 1;
    server.drop();
    for (let attempt = 1; attempt < 8; attempt++) {
      await clock.advance(clock.waits.at(-1)!);
      await untilWaiting();
    }
    expect(waits()).to.deep.equal([0, 500, 1000, 2000, 4000, 8000, 10_000, 10_000]);
    Math.random = () => 0.25;
    await clock.advance(clock.waits.at(-1)!);
    await untilWaiting();
    expect(clock.waits.at(-1)).to.equal(2500);

    // Once it has held, the next loss begins from the beginning.
    server.mode = 'up';
    await clock.advance(2500);
    await is(alice, 'signed-in');
    server.drop();
    expect(clock.waits.at(-1)).to.equal(0);
  });

  /** An attempt has failed, and the next waits. */
  async function untilWaiting(): Promise<void> {
    // While it connects, another timer waits.
    const idle = () => !clock.waiting || clock.waits.at(-1) === OPENING;
    while (idle()) await new Promise((resolve) => setTimeout(resolve));
  }

  it('of a server that has lost its memory ends in a new session', async () => {
    const alice = client();
    await alice.login('Alice');
    const { epoch } = alice.welcome!;
    server.restart();
    await clock.advance(0);
    await is(alice, 'signed-in');
    expect(alice.welcome!.resumed).to.equal(false);
    expect(alice.welcome!.epoch).not.to.equal(epoch);
  });

  it('is given up where the name has gone to somebody else', async () => {
    const alice = client();
    await alice.login('Alice');
    server.restart();
    await client().login('Alice');
    await clock.advance(0);
    await is(alice, 'signed-out');
    expect(alice.state.error?.code).to.equal('name-taken');
    expect(clock.waiting).to.equal(0);
  });

  it('is not made again when the session was taken over', async () => {
    const alice = client();
    await alice.login('Alice');
    server.drop(4001);
    expect(alice.state.status).to.equal('signed-out');
    expect(alice.state.error?.code).to.equal('taken-over');
    expect(clock.waiting).to.equal(0);
  });

  it('is not made again after signing out', async () => {
    const alice = client();
    await alice.login('Alice');
    server.drop();
    alice.logout();
    expect(alice.state).to.include({ status: 'signed-out' });
    expect(alice.state.error).to.equal(undefined);
    expect(clock.waiting).to.equal(0);
  });

  it('whose answer comes after signing out changes nothing', async () => {
    const alice = client();
    await alice.login('Alice');
    server.drop();
    await clock.advance(0);
    alice.logout();
    // The next to sign in has to be served after whatever was still on its way.
    await client().login('Bob');
    expect(alice.state.status).to.equal('signed-out');
    expect(server.connections).to.equal(1);
  });
});
