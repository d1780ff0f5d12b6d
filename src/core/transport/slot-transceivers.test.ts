import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FakeClock } from '../../../test/helpers/fake-clock.js';
import {
  Ether,
  FakeMediaStream,
  FakePeerConnection,
  Wires,
} from '../../../test/helpers/fake-connections.js';
import { SlotTransceivers } from './slot-transceivers.js';
import type { MidSlot, Slot } from './slots.js';

Object.assign(globalThis, { MediaStream: FakeMediaStream });

/** A side of a connection, which sends some slots and shows every slot that arrives. */
class Side {
  readonly pc: FakePeerConnection;
  readonly transceivers: SlotTransceivers;
  #sends: readonly Slot[] = [];

  constructor(ether: Ether) {
    this.pc = new FakePeerConnection(ether);
    this.transceivers = new SlotTransceivers(
      this.pc as unknown as RTCPeerConnection,
      assert.ifError,
    );
  }

  send(sends: readonly Slot[], offers: boolean, takes = all): void {
    this.#sends = sends;
    this.transceivers.place({ sends, takes }, {}, offers);
  }

  hear(said: readonly MidSlot[]): void {
    this.transceivers.told(said);
    this.transceivers.place({ sends: this.#sends, takes: all }, {}, false);
  }

  /** Negotiates with another side, which answers. `says` is false for a partner of version 0.1. */
  async offerTo(other: Side, says = true): Promise<void> {
    await this.pc.setLocalDescription();
    if (says) other.hear(this.transceivers.midSlots);
    await other.pc.setRemoteDescription(this.pc.localDescription!);
    other.transceivers.place({ sends: other.#sends, takes: all }, {}, false);
    await other.pc.setLocalDescription();
    if (says) this.hear(other.transceivers.midSlots);
    await this.pc.setRemoteDescription(other.pc.localDescription!);
  }

  /** The mids of the tracks that arrive, by slot. */
  get arriving(): string[] {
    return Object.entries(this.transceivers.streams).map(([slot, stream]) => {
      const tracks = new Set<object>(stream.getTracks());
      const mids = this.pc
        .getTransceivers()
        .filter(({ receiver }) => tracks.has(receiver.track))
        .map(({ mid }) => mid);
      return `${slot} ${mids.join('+')}`;
    });
  }

  get directions(): string[] {
    return this.pc.getTransceivers().map(({ mid, direction }) => `${mid} ${direction}`);
  }
}

const all: readonly Slot[] = ['microphone', 'camera', 'screen', 'screen-audio'];

function pair(): [Side, Side] {
  const ether = new Ether(new Wires(), new FakeClock());
  return [new Side(ether), new Side(ether)];
}

/** Two sides that both send microphone and camera. */
async function inCall(says = true): Promise<[Side, Side]> {
  const [caller, callee] = pair();
  caller.send(['microphone', 'camera'], true);
  callee.send(['microphone', 'camera'], false);
  await caller.offerTo(callee, says);
  return [caller, callee];
}

for (const says of [true, false]) {
  const partner = says ? 'that says its slots' : 'that says no slots';
  test(`microphone and camera of a partner ${partner} share a stream`, async () => {
    for (const { arriving, directions, transceivers } of await inCall(says)) {
      assert.deepEqual(arriving, ['microphone 0+1', 'camera 0+1']);
      assert.equal(transceivers.streams.microphone, transceivers.streams.camera);
      assert.deepEqual(directions, ['0 sendrecv', '1 sendrecv']);
    }
  });
}

test('a screen is told apart from the camera, and goes one way', async () => {
  const [caller, callee] = await inCall();
  callee.send(['microphone', 'camera', 'screen', 'screen-audio'], true);
  await callee.offerTo(caller);
  const { streams } = caller.transceivers;
  assert.equal(streams.screen, streams['screen-audio']);
  assert.notEqual(streams.screen, streams.camera);
  assert.deepEqual(caller.arriving, [
    'microphone 0+1',
    'camera 0+1',
    'screen 2+3',
    'screen-audio 2+3',
  ]);
  assert.deepEqual(callee.arriving, ['microphone 0+1', 'camera 0+1']);
  assert.deepEqual(caller.directions.slice(2), ['2 recvonly', '3 recvonly']);
});

test('a second screen goes back on the transceivers of the first', async () => {
  const [caller, callee] = await inCall();
  callee.send([...all], true);
  await callee.offerTo(caller);
  caller.send([...all], true);
  await caller.offerTo(callee);
  assert.equal(caller.pc.getTransceivers().length, 4);
  assert.deepEqual(callee.arriving, caller.arriving);
});

test('a screen that is no longer shared is no longer shown', async () => {
  const [caller, callee] = await inCall();
  callee.send([...all], true);
  await callee.offerTo(caller);
  callee.send(['microphone', 'camera'], true);
  await callee.offerTo(caller);
  assert.deepEqual(caller.arriving, ['microphone 0+1', 'camera 0+1']);
  assert.deepEqual(caller.directions.slice(2), ['2 inactive', '3 inactive']);
});

test('screens of both at once have a transceiver each', async () => {
  const [caller, callee] = await inCall();
  for (const side of [caller, callee]) side.send(['microphone', 'camera', 'screen'], true);
  // The caller's offer is taken back by that of the callee, and made again.
  await caller.pc.setLocalDescription();
  callee.hear(caller.transceivers.midSlots);
  await callee.offerTo(caller);
  await caller.offerTo(callee);
  const screens = [caller, callee].map(({ arriving }) => arriving.at(-1));
  assert.deepEqual(screens, ['screen 2', 'screen 3']);
});

test('a camera without a microphone is a camera', async () => {
  const [caller, callee] = pair();
  caller.send(['camera', 'screen'], true);
  callee.send([], false);
  await caller.offerTo(callee);
  assert.deepEqual(callee.arriving, ['camera 0', 'screen 1']);
});

test('a slot that is not taken is not received', async () => {
  const [caller, callee] = pair();
  caller.send(['microphone', 'camera'], true);
  callee.send(['microphone'], false);
  await caller.offerTo(callee);
  callee.send(['microphone'], false, ['microphone']);
  assert.deepEqual(callee.arriving, ['microphone 0']);
  assert.deepEqual(callee.directions, ['0 sendrecv', '1 inactive']);
});

test('a slot of the other kind is passed over', async () => {
  const [caller, callee] = await inCall();
  callee.hear([
    { mid: '0', slot: 'camera' },
    { mid: '1', slot: 'screen-audio' },
    { mid: '__proto__', slot: 'microphone' },
  ]);
  assert.deepEqual(callee.arriving, []);
  callee.hear(caller.transceivers.midSlots);
  assert.deepEqual(callee.arriving, ['microphone 0+1', 'camera 0+1']);
});
