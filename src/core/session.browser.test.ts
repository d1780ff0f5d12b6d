import { expect } from '@open-wc/testing';
import { connections } from '../../test/helpers/browser/connections.js';
import { PageServer } from '../../test/helpers/browser/page-server.js';
import {
  callAt,
  connected,
  elsewhere,
  ended,
  expectSame,
  ownServer,
  ring,
  talk,
  twoElsewhere,
  typesOf,
  type Person,
} from '../../test/helpers/browser/people.js';
import { StoreChecker } from '../../test/helpers/browser/store-checker.js';
import { until } from '../../test/helpers/browser/until.js';
import type { CallState } from './call/call.js';
import type { RtcCallEndEvent } from '../events/call-events.js';
import type { RtcErrorEvent } from '../events/error-event.js';
import type { RtcLoginEvent } from '../events/login-event.js';
import type { RtcLogoutEvent } from '../events/logout-event.js';
import type { RtcError } from './errors.js';
import type { KeptSession } from './kept-session.js';

const idsOf = ({ session }: Person) => session.state.calls.map(({ id }) => id);
const last = <E extends Event>({ events }: Person) => events.at(-1) as E;

describe('signing in and out', () => {
  it('is told to the page once, with the name as the server keeps it', async () => {
    const alice = await elsewhere(' Alice ');
    expect(typesOf(alice.events)).to.deep.equal(['rtc-login']);
    expect(last<RtcLoginEvent>(alice).name).to.equal('Alice');
    alice.session.logout();
    expect(typesOf(alice.events)).to.deep.equal(['rtc-login', 'rtc-logout']);
    expect(last<RtcLogoutEvent>(alice)).to.include({ name: 'Alice', code: undefined });
  });

  for (const name of ['', '   ', 'a'.repeat(65), 'line\nbreak']) {
    it(`is refused as ${JSON.stringify(name.slice(0, 10))}, which is an invalid name`, async () => {
      const alice = await elsewhere(name, { signIn: false });
      const error = await alice.session.login(name).catch((reason: RtcError) => reason);
      expect(error?.code).to.equal('bad-name');
      expect(last<RtcErrorEvent>(alice)).to.include({ type: 'rtc-error', code: 'bad-name' });
    });
  }

  it('is refused in a browser without WebRTC', async () => {
    const Real = globalThis.RTCPeerConnection;
    Object.assign(globalThis, { RTCPeerConnection: undefined });
    try {
      const alice = await elsewhere('Alice', { signIn: false });
      const error = await alice.session.login('Alice').catch((reason: RtcError) => reason);
      expect(error?.code).to.equal('webrtc-unsupported');
      expect(alice.events).to.have.length(1);
    } finally {
      globalThis.RTCPeerConnection = Real;
    }
  });

  it('tells the page once why it was refused', async () => {
    const alice = await elsewhere('Alice');
    const second = await elsewhere('Alice', { server: alice.server, signIn: false });
    await second.session.login('Alice').catch(() => {});
    expect(typesOf(second.events)).to.deep.equal(['rtc-error']);
    expect(last<RtcErrorEvent>(second).code).to.equal('name-taken');
  });

  it('is not told again after the connection was lost in between', async () => {
    const server = new PageServer();
    const alice = await elsewhere('Alice', { server: server.url });
    server.drop();
    const { signaling } = alice.session;
    await until(signaling, () => signaling.state.status === 'signed-in');
    expect(typesOf(alice.events)).to.deep.equal(['rtc-login']);
  });

  it('ends by itself when the session goes elsewhere, and says why', async () => {
    const server = new PageServer();
    const alice = await elsewhere('Alice', { server: server.url });
    server.drop(4001);
    expect(typesOf(alice.events)).to.deep.equal(['rtc-login', 'rtc-error', 'rtc-logout']);
    expect(last<RtcLogoutEvent>(alice).code).to.equal('taken-over');
  });
});

describe('calling somebody', () => {
  const refusal = (person: Person) => last<RtcErrorEvent>(person).code;

  it('is refused before the sign-in', async () => {
    const alice = await elsewhere('Alice', { signIn: false });
    expect(alice.session.call('Bob', 'video')).to.equal(undefined);
    expect(refusal(alice)).to.equal('not-signed-in');
  });

  it('is refused for an invalid name', async () => {
    const alice = await elsewhere('Alice');
    expect(alice.session.call(' ', 'video')).to.equal(undefined);
    expect(refusal(alice)).to.equal('bad-name');
  });

  it('is refused during another call', async () => {
    const [alice, bob] = await twoElsewhere();
    await ring(alice, bob, 'voice');
    expect(alice.session.call('Carol', 'video')).to.equal(undefined);
    expect(refusal(alice)).to.equal('in-a-call');
    expect(bob.session.call('Carol', 'voice')).to.equal(undefined);
    expect(refusal(bob)).to.equal('in-a-call');
  });

  it('finds them in any spelling of their name, and shows their own', async () => {
    const [alice, bob] = await twoElsewhere();
    const outgoing = alice.session.call(' bOB ', 'voice')!;
    await callAt(bob, outgoing.id);
    await until(outgoing, () => outgoing.state.reached);
    expect(outgoing.name).to.equal('Bob');
  });

  it('keeps the last call to show how it ended, and no more', async () => {
    const [alice, bob] = await twoElsewhere();
    const first = await ring(alice, bob, 'voice');
    first[1].decline();
    await ended(first[0]);
    expectSame(alice.session.mediaCall, first[0]);
    const second = await ring(alice, bob, 'video');
    expect(idsOf(alice)).to.deep.equal([second[0].id]);
    second[0].hangUp();
    await ended(second[1]);
    expect(idsOf(bob)).to.deep.equal([second[1].id]);
  });
});

describe('a third person', () => {
  it('is told busy, and the running call goes on', async () => {
    const [alice, bob] = await twoElsewhere();
    const carol = await elsewhere('Carol', { server: alice.server });
    const [outgoing, incoming] = await talk(alice, bob, 'voice');
    for (const name of ['Alice', 'Bob']) {
      const third = carol.session.call(name, 'voice')!;
      expect(await ended(third)).to.equal('busy');
    }
    expect([outgoing.state.phase, incoming.state.phase]).to.deep.equal(['active', 'active']);
    expect(typesOf(bob.events).filter((type) => type === 'rtc-call-incoming')).to.have.length(1);
  });

  it('is told busy while the call rings, too', async () => {
    const [alice, bob] = await twoElsewhere();
    const carol = await elsewhere('Carol', { server: alice.server });
    const [outgoing, incoming] = await ring(alice, bob, 'voice');
    expect(await ended(carol.session.call('Bob', 'voice')!)).to.equal('busy');
    expect(await ended(carol.session.call('Alice', 'voice')!)).to.equal('busy');
    expect([outgoing.state.phase, incoming.state.phase]).to.deep.equal(['ringing', 'ringing']);
  });

  it('can still ask for a chat', async () => {
    const [alice, bob] = await twoElsewhere();
    const carol = await elsewhere('Carol', { server: alice.server });
    await talk(alice, bob, 'voice');
    await talk(carol, bob, 'chat');
  });
});

describe('two people who call each other at once', () => {
  it('have one call, the same at both sides, with the devices that are open', async () => {
    const [alice, bob] = await twoElsewhere();
    const calls = [alice.session.call('Bob', 'video')!, bob.session.call('Alice', 'video')!];
    const [id] = calls.map((call) => call.id).sort() as [string];
    const both = await Promise.all([callAt(alice, id), callAt(bob, id)]);
    await Promise.all(both.map(connected));
    for (const { session, devices, events } of [alice, bob]) {
      expect(
        session.state.calls.filter((call) => !call.ended).map((call) => call.id),
      ).to.deep.equal([id]);
      expect(devices.asked).to.have.length(1);
      await until(devices, () => devices.live.length === 2);
      expect(typesOf(events)).to.deep.equal(['rtc-login', 'rtc-call-start']);
    }
    both[0].hangUp();
    expect(await ended(both[1])).to.equal('hung-up');
    for (const { devices } of [alice, bob]) expect(devices.live).to.deep.equal([]);
    expect(connections.every(({ signalingState }) => signalingState === 'closed')).to.equal(true);
  });

  for (const [kind, lights] of [
    ['voice', ['audio']],
    ['video', ['audio', 'video']],
  ] as const) {
    it(`have one call, also when they mean different kinds: ${kind}`, async () => {
      const [alice, bob] = await twoElsewhere();
      const other = kind === 'voice' ? 'video' : 'voice';
      // The smaller id is the call.
      withRandomByte(0xff, () => alice.session.call('Bob', other));
      const own = withRandomByte(0x00, () => bob.session.call('Alice', kind)!);
      const both = [await callAt(alice, own.id), own] as const;
      // Alice has asked for no picture: she is asked first.
      if (kind === 'video') {
        await until(both[0], () => both[0].state.phase === 'ringing');
        expect(alice.devices.live).not.to.include('video');
        expect(typesOf(alice.events)).to.include('rtc-call-incoming');
        void both[0].accept();
      }
      await Promise.all(both.map(connected));
      for (const { devices } of [alice, bob]) {
        await until(devices, () => String(devices.live) === String(lights));
      }
      both[0].hangUp();
      expect(await ended(both[1])).to.equal('hung-up');
      for (const { devices } of [alice, bob]) expect(devices.live).to.deep.equal([]);
    });
  }

  /** Makes the ids of what is made meanwhile small or large. */
  function withRandomByte<T>(byte: number, make: () => T): T {
    const real = crypto.getRandomValues.bind(crypto);
    crypto.getRandomValues = <A>(array: A) => (array as Uint8Array).fill(byte) as A;
    try {
      return make();
    } finally {
      crypto.getRandomValues = real;
    }
  }

  it('have one chat', async () => {
    const [alice, bob] = await twoElsewhere();
    alice.session.startChat('Bob');
    bob.session.startChat('Alice');
    const chats = [alice.session.chat('Bob'), bob.session.chat('Alice')];
    await Promise.all(chats.map((chat) => until(chat, () => chat.state.open)));
    for (const { session } of [alice, bob]) {
      const live = session.state.calls.filter((call) => !call.ended);
      await until(session, () => live.length === 1 && live[0]!.state.phase === 'active');
    }
  });
});

describe('the reason of an end', () => {
  it('is told to both pages', async () => {
    const [alice, bob] = await twoElsewhere();
    const calls = await ring(alice, bob, 'voice');
    calls[1].decline();
    await Promise.all(calls.map(ended));
    for (const person of [alice, bob]) {
      const event = last<RtcCallEndEvent>(person);
      expect(event).to.include({ type: 'rtc-call-end', reason: 'declined' });
      expect(event.call.id).to.equal(calls[0].id);
    }
  });
});

describe('a session that is kept for another page', () => {
  it('goes on there under the same name, with its calls to be taken up again', async () => {
    const [alice, bob] = await twoElsewhere();
    const [outgoing] = await talk(alice, bob, 'voice');
    // As storage gives it back.
    const kept = JSON.parse(JSON.stringify(alice.session.keep())) as KeptSession;
    const next = await elsewhere('Alice', { server: alice.server, signIn: false });
    const changed: string[] = [];
    next.session.addEventListener('rtc-call-change', ({ call }) => changed.push(call.id));
    next.session.resume(kept);
    await until(next.session, () => next.session.state.calls[0]);
    expect(typesOf(next.events)).to.deep.equal(['rtc-login']);
    expect(changed).to.deep.equal([outgoing.id]);
    const again = await callAt(next, outgoing.id);
    expect([again.rejoin, again.state.phase]).to.deep.equal([true, 'ringing']);
  });

  it('is none before the sign-in and after the sign-out', async () => {
    const alice = await elsewhere('Alice', { signIn: false });
    expect(alice.session.keep()).to.equal(undefined);
    await alice.session.login('Alice');
    expect(alice.session.keep()).to.include({ name: 'Alice' });
    alice.session.logout();
    expect(alice.session.keep()).to.equal(undefined);
  });
});

describe('a session that is destroyed', () => {
  it('leaves nothing on', async () => {
    const [alice, bob] = await twoElsewhere();
    const [, incoming] = await talk(alice, bob, 'video');
    alice.session.destroy();
    expect(alice.devices.live).to.deep.equal([]);
    expect(connections[0]!.signalingState).to.equal('closed');
    await ended(incoming);
    await elsewhere('Alice', { server: alice.server });
  });
});

describe('a person who signs out', () => {
  it('leaves no messages behind for the next at this page', async () => {
    const [alice, bob] = await twoElsewhere();
    await talk(alice, bob, 'chat');
    await until(alice.session, () => alice.session.state.chats[0]?.state.open);
    alice.session.state.chats[0]!.send('for Bob only');
    alice.session.logout();
    expect(alice.session.state.chats).to.deep.equal([]);
  });
});

describe('the roster of a session', () => {
  it('is known while a view is open, without the own name', async () => {
    const alice = await elsewhere('Alice');
    const bob = await elsewhere('Bob', { server: alice.server });
    const roster = alice.session.roster!;
    const names = () => [...roster.state.online.values()];
    const stop = roster.watch();
    await until(roster, () => names().includes('Bob'));
    const carol = await elsewhere('Carol', { server: alice.server });
    await until(roster, () => names().includes('Carol'));
    expect(names()).to.deep.equal(['Bob', 'Carol']);
    bob.session.logout();
    await until(roster, () => !names().includes('Bob'));
    stop();
    carol.session.logout();
    alice.session.logout();
    expect(names()).to.deep.equal([]);
  });

  it('is asked for again after a new sign-in', async () => {
    const alice = await elsewhere('Alice', { signIn: false });
    const roster = alice.session.roster!;
    roster.watch();
    await elsewhere('Bob', { server: alice.server });
    await alice.session.login('Alice');
    await until(roster, () => roster.state.online.size === 1);
  });
});

describe('the state of a session', () => {
  it('is a new object with each change, and only then', async () => {
    const server = ownServer();
    const alice = await elsewhere('Alice', { server, signIn: false });
    const { session } = alice;
    const checker = new StoreChecker(session);
    const stop = session.roster.watch();
    await session.login('Alice');
    const bob = await elsewhere('Bob', { server });
    await until(session.roster, () => session.roster.state.online.size === 1);
    checker.look();

    const [outgoing, incoming] = await talk(alice, bob, 'voice');
    checker.look();
    const silent = until(outgoing, () => !outgoing.state.remote.microphone);
    await incoming.setMicrophone(false);
    await silent;
    checker.look();

    const chats = [session.chat('Bob'), bob.session.chat('Alice')] as const;
    await Promise.all(chats.map((chat) => until(chat, () => chat.state.open)));
    const arrived = until(chats[0], () => chats[0].state.messages.length === 1);
    chats[1].send('Hello');
    await arrived;
    checker.look();

    incoming.hangUp();
    await ended(outgoing);
    checker.look();
    stop();
    session.logout();
    checker.look();
    expect(checker.faults).to.deep.equal([]);
    expect(checker.changes).to.be.greaterThan(10);
  });

  it('holds the states of signaling and roster, and new lists of calls and chats', async () => {
    const [alice, bob] = await twoElsewhere();
    const { session } = alice;
    expectSame(session.state.signaling, session.signaling.state);
    const states = [session.state];
    session.subscribe(() => states.push(session.state));
    const outgoing = session.call('Bob', 'chat')!;
    await callAt(bob, outgoing.id);
    await until(session, () => session.state.calls.at(-1)!.state.reached);
    expect(new Set(states.map(({ calls }) => calls)).size).to.equal(states.length);
  });

  it('stays the same when the partner repeats its message', async () => {
    const [alice, bob] = await twoElsewhere();
    const [outgoing, incoming] = await talk(alice, bob, 'voice');
    const silent = until(outgoing, () => !outgoing.state.remote.microphone);
    await incoming.setMicrophone(false);
    await silent;
    const { state } = alice.session;
    incoming.transport!.say({ type: 'media', microphone: false, camera: false });
    // The channel is ordered: the next message arrives after it.
    const arrived = until(alice.session, () => alice.session.state.chats[0]?.state.messages[0]);
    await until(bob.session.chat('Alice'), () => bob.session.chat('Alice').state.open);
    expectSame(alice.session.state.calls, state.calls);
    bob.session.chat('Alice').send('Done');
    await arrived;
    expectSame(alice.session.state.calls, state.calls);
  });
});

describe('rtc-call-change', () => {
  /** How each change finds the call. */
  function phasesOf({ session }: Person): string[] {
    const phases: string[] = [];
    let before: CallState | undefined;
    session.addEventListener('rtc-call-change', ({ call }) => {
      expect(call.state).not.to.equal(before);
      before = call.state;
      phases.push(call.state.reached ? `${call.state.phase}, reached` : call.state.phase);
    });
    return phases;
  }
  const steps = (phases: string[]) => phases.filter((each, at) => each !== phases[at - 1]);

  it('tells of an outgoing call from the moment it is made to its end', async () => {
    const [alice, bob] = await twoElsewhere();
    const phases = phasesOf(alice);
    const types: string[] = [];
    for (const type of ['rtc-call-change', 'rtc-call-start', 'rtc-call-end'] as const) {
      alice.session.addEventListener(type, () => types.push(type));
    }
    const outgoing = alice.session.call('Bob', 'voice')!;
    expect(phases[0]).to.equal('ringing');
    const incoming = await callAt(bob, outgoing.id);
    await until(outgoing, () => outgoing.state.reached);
    void incoming.accept();
    await Promise.all([outgoing, incoming].map(connected));
    incoming.hangUp();
    await ended(outgoing);
    expect(steps(phases)).to.deep.equal([
      'ringing',
      'ringing, reached',
      'connecting, reached',
      'active, reached',
      'ended, reached',
    ]);
    // The state comes first, then the events that name it.
    const named = types.filter((type) => type !== 'rtc-call-change');
    expect(named).to.deep.equal(['rtc-call-start', 'rtc-call-end']);
    expect(types.at(-2)).to.equal('rtc-call-change');
  });

  it('tells of a changed muted state, at both sides', async () => {
    const [alice, bob] = await twoElsewhere();
    const calls = await talk(alice, bob, 'voice');
    await until(calls[0], () => calls[0].state.local.microphone);
    const heard = [alice, bob].map(
      ({ session }, at) =>
        new Promise<void>((resolve) => {
          session.addEventListener('rtc-call-change', ({ call }) => {
            if (!(at ? call.state.remote : call.state.local).microphone) resolve();
          });
        }),
    );
    void calls[0].setMicrophone(false);
    await Promise.all(heard);
  });

  it('tells of an incoming call once rtc-call-incoming has', async () => {
    const [alice, bob] = await twoElsewhere();
    const types: string[] = [];
    for (const type of ['rtc-call-incoming', 'rtc-call-change'] as const) {
      bob.session.addEventListener(type, () => types.push(type));
    }
    const [, incoming] = await ring(alice, bob, 'voice');
    expect(types).to.deep.equal(['rtc-call-incoming']);
    incoming.decline();
    expect(types).to.deep.equal(['rtc-call-incoming', 'rtc-call-change']);
  });

  it('lets the page end a call before anybody hears of it', async () => {
    const alice = await elsewhere('Alice');
    alice.session.addEventListener('rtc-call-change', ({ call }) => call.hangUp());
    const call = alice.session.call('Bob', 'video')!;
    expect(call.state).to.include({ phase: 'ended', reason: 'cancelled' });
    expect(alice.devices.asked).to.deep.equal([]);
    expect(connections).to.deep.equal([]);
  });
});
