import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { settled } from '../../../test/helpers/fake-clock.js';
import { FakeLine, FakeTransport, pretendBrowser } from '../../../test/helpers/fake-line.js';
import type { EndReason, ServerMessage } from '../../protocol/messages.js';
import type { LeaseMessage } from '../transport/control-message.js';
import { Call, type CallInit } from './call.js';
import { transitions } from './phase.js';

pretendBrowser();

/** Something that happens to a call. */
type Happening = [words: string, happen: (call: Call, line: FakeLine) => unknown];

const about = { name: 'Bob', call: 'id' };
const answer = { type: 'answer', sdp: '' } as const;
const offer = { type: 'offer', sdp: '' } as const;

const messages: ServerMessage[] = [
  { type: 'ringing', ...about },
  { type: 'ringing', ...about, plain: true },
  { type: 'accept', ...about },
  { type: 'accept', ...about, answer },
  { type: 'decline', ...about },
  { type: 'decline', ...about, reason: 'unsupported-kind' },
  { type: 'busy', ...about },
  { type: 'cancel', ...about },
  { type: 'leave', ...about },
  { type: 'leave', ...about, reason: 'signed-out' },
  { type: 'offer', ...about, offer },
  { type: 'offer', ...about, offer, fresh: true },
  { type: 'leave', ...about, reason: 'gone' },
  { type: 'answer', ...about, answer },
  { type: 'candidate', ...about, candidate: null },
];

const reasons: EndReason[] = ['hung-up', 'no-answer', 'failed', 'signed-out', 'not-online'];
const connectionStates: RTCPeerConnectionState[] = [
  'connecting',
  'connected',
  'disconnected',
  'failed',
];

const transportsOf = ({ made, existing }: FakeLine) => [...made, ...(existing ? [existing] : [])];
const hear = (line: FakeLine, message: LeaseMessage) =>
  transportsOf(line).forEach((transport) => transport.hear(message));

const happenings: Happening[] = [
  ['accept', (call) => call.accept()],
  ['decline', (call) => call.decline()],
  ['hangUp', (call) => call.hangUp()],
  ['setMicrophone', (call) => call.setMicrophone(false)],
  ['setCamera off', (call) => call.setCamera(false)],
  ['setCamera on', (call) => call.setCamera(true)],
  ['away', (call) => call.setAway(true)],
  ['back', (call) => call.setAway(false)],
  ['media', (_, line) => hear(line, { type: 'media', microphone: false, camera: false })],
  ['direct leave', (call, line) => hear(line, { type: 'leave', call: call.id })],
  ['server away', (_, line) => (line.online = false)],
  ['server back', (_, line) => (line.online = true)],
  ['devices refused', (_, line) => (line.devices = 'refused')],
  ['negotiation fails', (_, line) => (line.sound = false)],
  ['a chat is open', (_, line) => (line.existing = new FakeTransport())],
  ['a second', (_, line) => line.clock.advance(1000)],
  ['half a minute', (_, line) => line.clock.advance(30_000)],
  ['a minute', (_, line) => line.clock.advance(60_000)],
  ...messages.map((message): Happening => [
    `receive ${JSON.stringify(message)}`,
    (call) => call.receive(message),
  ]),
  ...reasons.map((reason): Happening => [`end ${reason}`, (call) => call.end(reason)]),
  ...reasons.map((reason): Happening => [`hangUp ${reason}`, (call) => call.hangUp(reason)]),
  ...connectionStates.map((state): Happening => [
    `connection ${state}`,
    (_, line) => transportsOf(line).forEach((transport) => transport.become(state)),
  ]),
];

const byWords = new Map(happenings);
const step = fc.record({ what: fc.constantFrom(...byWords.keys()), wait: fc.boolean() });

const init: fc.Arbitrary<CallInit> = fc.record({
  id: fc.constant('id'),
  name: fc.constant('Bob'),
  kind: fc.constantFrom('video', 'voice', 'chat'),
  direction: fc.constantFrom('outgoing', 'incoming'),
  offer: fc.option(fc.constant(offer), { nil: undefined }),
  basic: fc.boolean(),
  rejoin: fc.boolean(),
});

/** A call, and what it has done that it may not. */
function watched(init: CallInit, line: FakeLine) {
  const call = new Call(init, line);
  const problems: string[] = [];
  let { phase } = call.state;
  call.addEventListener('change', () => {
    const now = call.state.phase;
    if (now !== phase && !transitions[phase].includes(now)) problems.push(`${phase} → ${now}`);
    if (phase === 'ended') problems.push('something changed after the end');
    phase = now;
  });
  return { call, problems };
}

test('a call takes only allowed transitions, and leaves nothing behind', async () => {
  await fc.assert(
    fc.asyncProperty(init, fc.array(step, { maxLength: 20 }), async (init, steps) => {
      const line = new FakeLine();
      const { call, problems } = watched(init, line);
      const pending: unknown[] = [];
      if (call.direction === 'outgoing') pending.push(call.start());
      for (const { what, wait } of steps) {
        const sent = line.sent.length;
        const { ended } = call;
        const done = byWords.get(what)!(call, line);
        pending.push(done);
        if (wait) await done;
        if (wait) await settled();
        if (ended) assert.deepEqual(line.sent.slice(sent), [], 'something sent after the end');
      }
      call.end('hung-up');
      await Promise.all(pending);
      await settled();

      assert.deepEqual(problems, []);
      assert.equal(call.state.phase, 'ended');
      assert.ok(call.state.reason, 'an end has a reason');
      const ends = line.sent.filter((type) => ['leave', 'cancel', 'decline'].includes(type));
      assert.ok(ends.length <= 1, `told of its end more than once: ${ends.join(', ')}`);
      const open = line.tracks.filter(({ readyState }) => readyState === 'live');
      assert.deepEqual(open, [], 'a device is still open');
      const { stream, microphone, camera, pending: opening } = call.state.local;
      assert.deepEqual([stream, microphone, camera, opening], [undefined, false, false, false]);
      assert.equal(call.state.remote.stream, undefined);
      for (const transport of line.made) {
        const times = line.released.filter((each) => each === transport).length;
        assert.equal(times, 1, 'a connection of its own is given back once');
        assert.equal(transport.leases.size, 0, 'no lease is left');
      }
      assert.equal(line.existing?.leases.size ?? 0, 0, 'no lease is left on what there was');
      assert.equal(line.clock.waiting, 0, 'no timer is left');
    }),
    { numRuns: 10_000 },
  );
});

/** A call in which nothing but what a test does happens. */
function plainCall(direction: 'outgoing' | 'incoming', kind: 'video' | 'chat' = 'video') {
  const line = new FakeLine();
  const { call } = watched({ id: 'id', name: 'Bob', kind, direction, offer }, line);
  return { call, line };
}

test('the whole way of an outgoing call', async () => {
  const { call, line } = plainCall('outgoing');
  await call.start();
  await call.receive({ type: 'ringing', ...about });
  assert.deepEqual([call.state.phase, call.state.reached], ['ringing', true]);
  await call.receive({ type: 'accept', ...about, answer });
  assert.equal(call.state.phase, 'connecting');
  line.made[0]!.become('connected');
  assert.equal(call.state.phase, 'active');
  const { since } = call.state;
  line.made[0]!.become('disconnected');
  assert.equal(call.state.phase, 'reconnecting');
  line.made[0]!.become('connected');
  assert.deepEqual([call.state.phase, call.state.since], ['active', since]);
  call.hangUp();
  assert.deepEqual([call.state.phase, call.state.reason], ['ended', 'hung-up']);
  assert.deepEqual(line.sent, ['call', 'leave']);
});

test('an incoming call that is declined', () => {
  const { call, line } = plainCall('incoming');
  call.hangUp();
  assert.deepEqual([call.state.phase, call.state.reason], ['ended', 'declined']);
  assert.deepEqual(line.sent, ['decline']);
  assert.equal(line.made.length, 0);
});

test('a call that the server does not hear of fails', async () => {
  const { call, line } = plainCall('outgoing');
  line.online = false;
  await call.start();
  assert.deepEqual([call.state.reason, call.state.error], ['failed', 'not-signed-in']);
});

test('a chat opens no device', async () => {
  const { call, line } = plainCall('incoming', 'chat');
  await call.accept();
  await settled();
  assert.deepEqual(line.tracks, []);
  assert.equal(call.state.phase, 'connecting');
  call.hangUp();
});

test('a call on a connection that is there already takes it and leaves it', async () => {
  const { call, line } = plainCall('incoming');
  line.existing = new FakeTransport();
  line.existing.leases.add('chat');
  await call.accept();
  assert.deepEqual([...line.existing.leases], ['chat', 'id']);
  assert.equal(line.made.length, 0);
  call.hangUp();
  assert.deepEqual([...line.existing.leases], ['chat']);
});

test('a call that may be taken up again ends as a call where either side hangs up', async () => {
  const facts = { id: 'id', name: 'Bob', kind: 'video', direction: 'incoming' } as const;
  const theirs = watched({ ...facts, rejoin: true }, new FakeLine()).call;
  await theirs.receive({ type: 'leave', ...about });
  assert.equal(theirs.state.reason, 'hung-up');
  const mine = watched({ ...facts, rejoin: true }, new FakeLine()).call;
  mine.decline();
  assert.equal(mine.state.reason, 'hung-up');
});

test('a call that is taken up again passes over what was meant for the page before', async () => {
  const line = new FakeLine();
  const facts = { id: 'id', name: 'Bob', kind: 'video', direction: 'incoming' } as const;
  const { call } = watched({ ...facts, rejoin: true }, line);
  await call.accept();
  const [transport] = line.made;
  await call.receive({ type: 'offer', ...about, offer });
  await call.receive({ type: 'candidate', ...about, candidate: null });
  assert.deepEqual(transport!.received, []);
  await call.receive({ type: 'answer', ...about, answer });
  await call.receive({ type: 'candidate', ...about, candidate: null });
  assert.deepEqual(transport!.received, ['candidate']);
  call.hangUp();
});
