import { expect } from '@open-wc/testing';
import { connections, cutOff } from '../../../test/helpers/browser/connections.js';
import { eavesdrop } from '../../../test/helpers/browser/eavesdrop.js';
import { gesture } from '../../../test/helpers/browser/gesture.js';
import { PageServer } from '../../../test/helpers/browser/page-server.js';
import {
  callAt,
  connected,
  elsewhere,
  ended,
  ring,
  talk,
  twoElsewhere,
  typesOf,
  type Person,
} from '../../../test/helpers/browser/people.js';
import { until } from '../../../test/helpers/browser/until.js';
import { FakeClock } from '../../../test/helpers/fake-clock.js';
import type { Call } from './call.js';
import { levelOf } from './level.js';

/** Waits until everything has arrived and no more timers are pending than before. */
async function quiet(clock: FakeClock, before: number): Promise<void> {
  // Acknowledgements, and those that were on their way when time stood still.
  for (let round = 0; round < 20 && clock.waiting > before; round++) {
    await clock.advance(1000);
    await new Promise((resolve) => setTimeout(resolve));
  }
  expect(clock.waiting).to.equal(before);
}

const phases = (calls: Call[]) => calls.map(({ state }) => state.phase);

// Without it the synthetic microphones are silent, and send nothing.
before(gesture);

/** Waits until picture and sound of the partner have arrived at both. */
const heardAndSeen = (calls: Call[]) =>
  Promise.all(
    calls.map(async ({ state }) => {
      const tracks = state.remote.stream!.getTracks();
      await Promise.all(tracks.map((track) => until(track, () => !track.muted, 'unmute')));
    }),
  );

describe('a ring', () => {
  it('reveals no address, and makes neither side look for its own', async () => {
    const [alice, bob] = await twoElsewhere();
    const overheard = eavesdrop(alice.server);
    await ring(alice, bob, 'video');
    expect(connections).to.have.length(1);
    expect(connections[0]).to.include({ iceGatheringState: 'new', localDescription: null });
    expect(overheard.some(({ type }) => type === 'call')).to.equal(true);
    expect(JSON.stringify(overheard)).not.to.contain('candidate:');
    expect(overheard.filter(({ type }) => type === 'candidate')).to.deep.equal([]);
  });

  it('tells the caller as soon as it is heard', async () => {
    const [alice, bob] = await twoElsewhere();
    const outgoing = alice.session.call('Bob', 'voice')!;
    expect(outgoing.state).to.include({ phase: 'ringing', reached: false });
    const incoming = await callAt(bob, outgoing.id);
    expect(incoming).to.include({ name: 'Alice', kind: 'voice', direction: 'incoming' });
    await until(outgoing, () => outgoing.state.reached);
  });

  it('opens the devices of the caller, and not yet those of the callee', async () => {
    const [alice, bob] = await twoElsewhere();
    const [outgoing] = await ring(alice, bob, 'video');
    await until(outgoing, () => outgoing.state.local.stream);
    expect(alice.devices.live).to.deep.equal(['audio', 'video']);
    expect(bob.devices.asked).to.deep.equal([]);
  });

  it('ends at both sides when it is declined', async () => {
    const [alice, bob] = await twoElsewhere();
    const [outgoing, incoming] = await ring(alice, bob, 'video');
    incoming.decline();
    expect(await ended(outgoing)).to.equal('declined');
    expect(await ended(incoming)).to.equal('declined');
    expect([...alice.devices.live, ...bob.devices.live]).to.deep.equal([]);
    expect(connections.map(({ signalingState }) => signalingState)).to.deep.equal(['closed']);
  });

  it('ends at both sides when the caller cancels', async () => {
    const [alice, bob] = await twoElsewhere();
    const [outgoing, incoming] = await ring(alice, bob, 'video');
    outgoing.hangUp();
    expect(await ended(outgoing)).to.equal('cancelled');
    expect(await ended(incoming)).to.equal('cancelled');
    expect(alice.devices.live).to.deep.equal([]);
  });

  it('ends after its time when nobody answers', async () => {
    const clock = new FakeClock();
    const [alice, bob] = await twoElsewhere({ clock });
    const before = clock.waiting;
    const [outgoing, incoming] = await ring(alice, bob, 'voice');
    await clock.advance(44_999);
    expect(phases([outgoing, incoming])).to.deep.equal(['ringing', 'ringing']);
    await clock.advance(1);
    expect(await ended(outgoing)).to.equal('no-answer');
    expect(await ended(incoming)).to.equal('no-answer');
    await quiet(clock, before);
  });

  it('ends at once when the callee is not online', async () => {
    const alice = await elsewhere('Alice');
    const outgoing = alice.session.call('Nobody', 'video')!;
    expect(await ended(outgoing)).to.equal('not-online');
    expect(alice.devices.live).to.deep.equal([]);
  });

  it('ends at once when the caller calls their own name', async () => {
    const alice = await elsewhere('Alice');
    const outgoing = alice.session.call('Alice', 'video')!;
    expect(await ended(outgoing)).to.equal('failed');
    expect(outgoing.state.error).to.equal('yourself');
  });

  it('is declined with the reason by a page that does not take its kind', async () => {
    const [alice, bob] = await twoElsewhere();
    bob.session.takes = (kind) => kind === 'voice';
    const outgoing = alice.session.call('Bob', 'video')!;
    expect(await ended(outgoing)).to.equal('unsupported-kind');
    expect(bob.session.state.calls).to.deep.equal([]);
    expect(typesOf(bob.events)).to.deep.equal(['rtc-login']);
  });

  it('can be declined by the page before anybody sees it', async () => {
    const [alice, bob] = await twoElsewhere();
    bob.session.addEventListener('rtc-call-incoming', (event) => event.preventDefault());
    const outgoing = alice.session.call('Bob', 'video')!;
    expect(await ended(outgoing)).to.equal('declined');
  });

  it('ends as cancelled when the caller has gone away', async () => {
    const [alice, bob] = await twoElsewhere();
    const [, incoming] = await ring(alice, bob, 'voice');
    alice.session.logout();
    expect(await ended(incoming)).to.equal('cancelled');
  });
});

describe('a call that is accepted', () => {
  for (const kind of ['video', 'voice'] as const) {
    it(`carries ${kind} both ways`, async () => {
      const [alice, bob] = await twoElsewhere();
      const calls = await talk(alice, bob, kind);
      await heardAndSeen(calls);
      for (const { state } of calls) {
        const kinds = state.remote.stream!.getTracks().map((track) => track.kind);
        expect(kinds).to.deep.equal(kind === 'video' ? ['audio', 'video'] : ['audio']);
        expect(state.since).to.be.closeTo(Date.now(), 10_000);
      }
    });
  }

  it('has the same id at both sides, and each side is told of its start once', async () => {
    const [alice, bob] = await twoElsewhere();
    const [outgoing, incoming] = await talk(alice, bob, 'voice');
    expect(outgoing.id).to.equal(incoming.id);
    expect(typesOf(alice.events)).to.deep.equal(['rtc-login', 'rtc-call-start']);
    expect(typesOf(bob.events)).to.deep.equal(['rtc-login', 'rtc-call-incoming', 'rtc-call-start']);
  });

  it('is accepted once, however often accept is called', async () => {
    const [alice, bob] = await twoElsewhere();
    const overheard = eavesdrop(alice.server);
    const [outgoing, incoming] = await ring(alice, bob, 'voice');
    void incoming.accept();
    expect(incoming.state.pending).to.equal(true);
    void incoming.accept();
    await Promise.all([connected(outgoing), connected(incoming)]);
    expect(incoming.state.pending).to.equal(false);
    void incoming.accept();
    void outgoing.accept();
    // Once from the callee, once from the hub.
    expect(overheard.filter(({ type }) => type === 'accept')).to.have.length(2);
    expect(bob.devices.asked).to.have.length(1);
  });

  it('connects before the devices are open, and sends their tracks once they are', async () => {
    const [alice, bob] = await twoElsewhere();
    const answers = [alice.devices.hold(), bob.devices.hold()];
    const calls = await talk(alice, bob, 'video');
    expect(calls.map(({ state }) => state.local.pending)).to.deep.equal([true, true]);
    for (const answer of answers) answer();
    await heardAndSeen(calls);
  });

  it('goes on without a camera or with nothing, and still hears and sees', async () => {
    const [alice, bob] = await twoElsewhere();
    bob.devices.refuse = { audio: 'NotAllowedError', video: 'NotAllowedError' };
    const [outgoing, incoming] = await talk(alice, bob, 'video');
    await heardAndSeen([incoming]);
    await until(incoming, () => incoming.state.local.error);
    expect(incoming.state.local).to.include({
      microphone: false,
      camera: false,
      error: 'media-denied',
    });
    await until(outgoing, () => !outgoing.state.remote.microphone && !outgoing.state.remote.camera);
    expect(typesOf(bob.events)).to.include('rtc-error');
  });

  it('fails after its time when it cannot connect', async () => {
    cutOff();
    const clock = new FakeClock();
    const [alice, bob] = await twoElsewhere({ clock });
    const before = clock.waiting;
    const [outgoing, incoming] = await ring(alice, bob, 'voice');
    void incoming.accept();
    await until(outgoing, () => outgoing.state.phase === 'connecting');
    await until(incoming, () => incoming.state.phase === 'connecting');
    await clock.advance(30_000);
    expect(await ended(outgoing)).to.equal('failed');
    expect(await ended(incoming)).to.equal('failed');
    expect([...alice.devices.live, ...bob.devices.live]).to.deep.equal([]);
    await quiet(clock, before);
  });

  it('fails with an error when a description is malformed', async () => {
    const [alice, bob] = await twoElsewhere();
    const outgoing = alice.session.call('Bob', 'voice')!;
    await callAt(bob, outgoing.id);
    const answer = { type: 'answer', sdp: 'nonsense' } as const;
    await outgoing.receive({ type: 'accept', name: 'Bob', call: outgoing.id, answer });
    expect(await ended(outgoing)).to.equal('failed');
    expect(outgoing.state.error).to.equal('connection-failed');
    expect(typesOf(alice.events)).to.deep.equal(['rtc-login', 'rtc-error', 'rtc-call-end']);
  });
});

describe('microphone and camera in a call', () => {
  it('show as off at the partner', async () => {
    const [alice, bob] = await twoElsewhere();
    const [outgoing, incoming] = await talk(alice, bob, 'video');
    await heardAndSeen([outgoing, incoming]);
    const { remote } = incoming.state;
    expect(remote).to.include({ microphone: true, camera: true });
    await outgoing.setMicrophone(false);
    await until(incoming, () => !incoming.state.remote.microphone);
    await outgoing.setCamera(false);
    await until(incoming, () => !incoming.state.remote.camera);
    await outgoing.setMicrophone(true);
    await outgoing.setCamera(true);
    await until(incoming, () => incoming.state.remote.microphone && incoming.state.remote.camera);
  });

  it('turn the camera’s light off, and send nothing in its place', async () => {
    const [alice, bob] = await twoElsewhere();
    const [outgoing] = await talk(alice, bob, 'video');
    await until(outgoing, () => outgoing.state.local.camera);
    await outgoing.setCamera(false);
    expect(alice.devices.live).to.deep.equal(['audio']);
    const { pc } = outgoing.transport!;
    // Takes its turn behind whatever is being replaced.
    await pc.createOffer();
    expect(pc.getSenders().map(({ track }) => track?.kind)).to.deep.equal(['audio', undefined]);
  });
});

describe('levelOf', () => {
  it('is nothing where there is no sound', async () => {
    const [alice, bob] = await twoElsewhere();
    const [outgoing] = await ring(alice, bob, 'voice');
    expect(levelOf(outgoing)).to.equal(0);
    const [chat] = await talk(alice, bob, 'chat');
    expect(levelOf(chat)).to.equal(0);
  });
});

describe('the end of a call', () => {
  it('reaches the partner, closes every device and the connection', async () => {
    const [alice, bob] = await twoElsewhere();
    const [outgoing, incoming] = await talk(alice, bob, 'video');
    await heardAndSeen([outgoing, incoming]);
    incoming.hangUp();
    expect(await ended(outgoing)).to.equal('hung-up');
    expect(incoming.state).to.include({ phase: 'ended', reason: 'hung-up' });
    expect([...alice.devices.live, ...bob.devices.live]).to.deep.equal([]);
    expect(connections.every(({ signalingState }) => signalingState === 'closed')).to.equal(true);
    expect([outgoing, incoming].map(({ state }) => state.remote.stream)).to.deep.equal([
      undefined,
      undefined,
    ]);
  });

  it('is told to each page once', async () => {
    const [alice, bob] = await twoElsewhere();
    const calls = await talk(alice, bob, 'voice');
    calls[0].hangUp();
    calls[0].hangUp();
    await Promise.all(calls.map(ended));
    // Whatever else was on its way about the call has arrived by the end of the next.
    const again = await talk(alice, bob, 'voice');
    again[1].hangUp();
    await Promise.all(again.map(ended));
    for (const { events } of [alice, bob]) {
      const types = typesOf(events).filter((type) => type !== 'rtc-call-incoming');
      expect(types).to.deep.equal([
        'rtc-login',
        'rtc-call-start',
        'rtc-call-end',
        'rtc-call-start',
        'rtc-call-end',
      ]);
    }
  });

  it('does not hinder the next call, five times, both ways', async () => {
    const two = await twoElsewhere();
    for (let count = 0; count < 5; count++) {
      const [from, to] = count % 2 ? two : (two.toReversed() as [Person, Person]);
      const calls = await talk(from, to, 'video');
      await heardAndSeen(calls);
      calls[count % 3 === 0 ? 0 : 1]!.hangUp();
      await Promise.all(calls.map(ended));
      expect(two.flatMap(({ devices }) => devices.live)).to.deep.equal([]);
    }
    expect(connections).to.have.length(10);
    expect(connections.every(({ signalingState }) => signalingState === 'closed')).to.equal(true);
    expect(two.flatMap(({ events }) => typesOf(events))).not.to.include('rtc-error');
  });

  it('comes with the sign-out of either side', async () => {
    const [alice, bob] = await twoElsewhere();
    const [outgoing, incoming] = await talk(alice, bob, 'voice');
    alice.session.logout();
    expect(await ended(outgoing)).to.equal('signed-out');
    // It is not Bob who has signed out.
    expect(await ended(incoming)).to.equal('hung-up');
    expect([...alice.devices.live, ...bob.devices.live]).to.deep.equal([]);
    expect(typesOf(alice.events).slice(-2)).to.deep.equal(['rtc-call-end', 'rtc-logout']);
  });
});

describe('a call while the server is away', () => {
  /** Two people in a call over a server that a test can take away. */
  async function onServer() {
    const hubClock = new FakeClock();
    const clock = new FakeClock();
    const server = new PageServer({ clock: hubClock });
    const circumstances = { server: server.url, settings: { clock } };
    const alice = await elsewhere('Alice', circumstances);
    const bob = await elsewhere('Bob', circumstances);
    const [outgoing, incoming] = await talk(alice, bob, 'voice');
    // Heard over the control channel, which opens a little after the connection.
    await outgoing.setMicrophone(false);
    await until(incoming, () => !incoming.state.remote.microphone);
    await outgoing.setMicrophone(true);
    await until(incoming, () => incoming.state.remote.microphone);
    return { server, clock, hubClock, alice, bob, outgoing, incoming };
  }

  it('is hung up directly', async () => {
    const { server, outgoing, incoming } = await onServer();
    server.drop();
    outgoing.hangUp();
    expect(await ended(incoming)).to.equal('hung-up');
  });

  it('shows muted states directly', async () => {
    const { server, outgoing, incoming } = await onServer();
    await until(incoming, () => incoming.state.remote.microphone);
    server.drop();
    await outgoing.setMicrophone(false);
    await until(incoming, () => !incoming.state.remote.microphone);
  });

  it('waits for a page reported gone, and goes on when it is still there', async () => {
    const { server, clock, alice, bob, outgoing, incoming } = await onServer();
    server.drop(1001, 'Alice');
    await until(incoming, () => incoming.state.phase === 'reconnecting');
    // Somebody is back, but not yet in the call.
    server.tell({ type: 'back', name: 'Alice' });
    server.tell({ type: 'presence', online: ['Carol'], offline: [] });
    await until(bob.session.roster!, () => bob.session.roster!.state.online.has('carol'));
    expect(incoming.state.phase).to.equal('reconnecting');
    await clock.advance(0);
    await connected(incoming);
    expect(alice.session.signaling.state.status).to.equal('signed-in');
    expect(outgoing.state.phase).to.equal('active');
    outgoing.hangUp();
    expect(await ended(incoming)).to.equal('hung-up');
  });

  it('ends when the partner stays away', async () => {
    const { server, hubClock, outgoing, incoming } = await onServer();
    server.drop(1001, 'Alice');
    outgoing.transport!.pc.close();
    const { pc } = incoming.transport!;
    await until(pc, () => pc.connectionState !== 'connected', 'connectionstatechange');
    expect(incoming.state.phase).to.equal('reconnecting');
    await hubClock.advance(10_000);
    expect(await ended(incoming)).to.equal('gone');
  });

  it('goes on when only the server has lost the partner, and is announced again', async () => {
    const { server, clock, hubClock, alice, outgoing, incoming } = await onServer();
    server.drop(1001, 'Alice');
    await until(incoming, () => incoming.state.phase === 'reconnecting');
    await hubClock.advance(10_000);
    await connected(incoming);
    // Back later than the server has waited, as a new session.
    await clock.advance(0);
    await until(
      alice.session.signaling,
      () => alice.session.signaling.state.status === 'signed-in',
    );
    server.drop(1001, 'Alice');
    await until(incoming, () => incoming.state.phase === 'reconnecting');
    outgoing.hangUp();
    expect(await ended(incoming)).to.equal('hung-up');
  });
});
