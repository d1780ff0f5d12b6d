import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { FakeClock } from '../../test/helpers/fake-clock.js';
import type { HubClient } from '../../test/helpers/hub-client.js';
import { basicClient, kitClient } from '../../test/helpers/hub-client.js';
import { Hub } from './hub.js';

const sdp = (...media: string[]) => ['v=0', ...media.map((m) => `m=${m} 9 X 0`), ''].join('\r\n');
const offer = { type: 'offer', sdp: sdp('audio', 'video') };
const answer = { type: 'answer', sdp: sdp('audio', 'video') };
const candidate = { candidate: 'candidate:1', sdpMid: '0' };

let hub: Hub;
let kit: HubClient;
let course: HubClient;

beforeEach(async () => {
  hub = new Hub({ clock: new FakeClock() });
  kit = await kitClient(hub, 'kit');
  course = await basicClient(hub, 'course');
});

describe('a basic client that calls a kit client', () => {
  /** Offers, and returns the id of the call that rings. */
  const ring = async (): Promise<string> => {
    await course.send({ type: 'offer', name: 'kit', offer });
    return kit.takeOne().call as string;
  };
  const connect = async () => {
    const call = await ring();
    await kit.send({ type: 'accept', name: 'course', call, answer });
    course.take();
    return call;
  };

  it('rings with the kind that the offer is for', async () => {
    for (const [media, kind] of [
      [['audio', 'video'], 'video'],
      [['video'], 'video'],
      [['audio', 'application'], 'voice'],
      [['application'], 'chat'],
      [[], 'chat'],
    ] as const) {
      const asked = { type: 'offer', sdp: sdp(...media) };
      await course.send({ type: 'offer', name: 'kit', offer: asked });
      const { call, ...ringing } = kit.take().at(-1)!;
      assert.match(call as string, /^[0-9a-f]{32}$/);
      assert.deepEqual(ringing, { type: 'call', name: 'course', kind, offer: asked, plain: true });
      assert.deepEqual(course.take(), []);
    }
  });

  it('is answered on accept', async () => {
    const call = await ring();
    await kit.send({ type: 'accept', name: 'course', call, answer });
    assert.deepEqual(course.takeOne(), { type: 'answer', name: 'kit', answer });
  });

  it('is not accepted without an answer, which it needs', async () => {
    const call = await ring();
    await kit.send({ type: 'accept', name: 'course', call });
    assert.equal(kit.takeOne().code, 'bad-message');
    assert.deepEqual(course.take(), []);
    await kit.send({ type: 'accept', name: 'course', call, answer });
    assert.equal(course.takeOne().type, 'answer');
  });

  it('has its candidates kept until the call is accepted', async () => {
    const call = await ring();
    const other = { ...candidate, sdpMid: '1' };
    await course.send({ type: 'candidate', name: 'kit', candidate });
    await course.send({ type: 'candidate', name: 'kit', candidate: other });
    assert.deepEqual([...kit.take(), ...course.take()], []);
    await kit.send({ type: 'accept', name: 'course', call, answer });
    assert.deepEqual(kit.take(), [
      { type: 'candidate', name: 'course', call, candidate },
      { type: 'candidate', name: 'course', call, candidate: other },
    ]);
    assert.equal(course.takeOne().type, 'answer');
    await course.send({ type: 'candidate', name: 'kit', candidate });
    assert.deepEqual(kit.takeOne(), { type: 'candidate', name: 'course', call, candidate });
    await kit.send({ type: 'candidate', name: 'course', call, candidate });
    assert.deepEqual(course.takeOne(), { type: 'candidate', name: 'kit', candidate });
  });

  it('gets no candidate before the call is accepted', async () => {
    const call = await ring();
    await kit.send({ type: 'candidate', name: 'course', call, candidate });
    assert.equal(kit.takeOne().code, 'no-such-call');
    assert.deepEqual(course.take(), []);
  });

  it('answers an offer of its partner in the call', async () => {
    const call = await connect();
    await kit.send({ type: 'offer', name: 'course', call, offer });
    assert.deepEqual(course.takeOne(), { type: 'offer', name: 'kit', offer });
    await course.send({ type: 'answer', name: 'kit', answer });
    assert.deepEqual(kit.takeOne(), { type: 'answer', name: 'course', call, answer });
    assert.deepEqual(course.take(), []);
  });

  it('gets a leave when its partner declines or is busy', async () => {
    for (const type of ['decline', 'busy', 'leave']) {
      const call = await ring();
      await kit.send({ type, name: 'course', call });
      assert.deepEqual(course.takeOne(), { type: 'leave', name: 'kit' });
      assert.equal(await hub.directory.findCall(call), undefined);
    }
  });

  it('ends when either side hangs up', async () => {
    let call = await connect();
    await kit.send({ type: 'leave', name: 'course', call });
    assert.deepEqual(course.takeOne(), { type: 'leave', name: 'kit' });
    call = await connect();
    await course.send({ type: 'leave', name: 'kit' });
    const left = { type: 'leave', name: 'course', call, reason: 'hung-up' };
    assert.deepEqual(kit.takeOne(), left);
  });

  it('ends when either connection closes', async () => {
    const call = await connect();
    await course.close();
    const left = { type: 'leave', name: 'course', call, reason: 'gone' };
    assert.deepEqual(kit.takeOne(), left);
    course = await basicClient(hub, 'course');
    await ring();
    await kit.close(1000);
    assert.deepEqual(course.takeOne(), { type: 'leave', name: 'kit' });
  });

  it('replaces its call by a new offer', async () => {
    const first = await connect();
    await course.send({ type: 'offer', name: 'kit', offer });
    const [left, ringing] = kit.take();
    assert.deepEqual([left?.type, left?.call], ['leave', first]);
    assert.equal(ringing?.type, 'call');
    assert.notEqual(ringing?.call, first);
    assert.deepEqual(course.take(), []);
  });

  it('gets an error for a malformed offer', async () => {
    for (const bad of [null, 'v=0', {}, { type: 'offer' }, { sdp: 1 }, []]) {
      await course.send({ type: 'offer', name: 'kit', offer: bad });
      assert.equal(course.takeOne().code, 'bad-message');
    }
    assert.deepEqual(kit.take(), []);
  });
});

describe('a kit client that calls a basic client', () => {
  const ring = async () => {
    await kit.send({ type: 'call', name: 'course', call: '1', kind: 'video', offer });
    kit.take();
    course.take();
  };
  const connect = async () => {
    await ring();
    await course.send({ type: 'answer', name: 'kit', answer });
    kit.take();
  };

  it('rings it by an offer', async () => {
    await kit.send({ type: 'call', name: 'course', call: '1', kind: 'video', offer });
    assert.deepEqual(course.takeOne(), { type: 'offer', name: 'kit', offer });
    const ringing = { type: 'ringing', name: 'course', call: '1', plain: true };
    assert.deepEqual(kit.takeOne(), ringing);
  });

  it('needs an offer in its call', async () => {
    await kit.send({ type: 'call', name: 'course', call: '1', kind: 'video' });
    assert.equal(kit.takeOne().code, 'bad-message');
    assert.deepEqual(course.take(), []);
  });

  it('is accepted by an answer', async () => {
    await ring();
    await course.send({ type: 'answer', name: 'kit', answer: { sdp: answer.sdp } });
    assert.deepEqual(kit.takeOne(), { type: 'accept', name: 'course', call: '1', answer });
  });

  it('keeps its candidates until the call is accepted; the basic client’s may run ahead', async () => {
    await ring();
    await kit.send({ type: 'candidate', name: 'course', call: '1', candidate });
    assert.deepEqual([...kit.take(), ...course.take()], []);
    await course.send({ type: 'candidate', name: 'kit', candidate });
    assert.deepEqual(kit.takeOne(), { type: 'candidate', name: 'course', call: '1', candidate });
    await course.send({ type: 'answer', name: 'kit', answer });
    assert.deepEqual(course.takeOne(), { type: 'candidate', name: 'kit', candidate });
    assert.equal(kit.takeOne().type, 'accept');
  });

  it('offers again in the call, and gets an answer', async () => {
    await connect();
    await kit.send({ type: 'offer', name: 'course', call: '1', offer });
    assert.deepEqual(course.takeOne(), { type: 'offer', name: 'kit', offer });
    await course.send({ type: 'answer', name: 'kit', answer });
    assert.deepEqual(kit.takeOne(), { type: 'answer', name: 'course', call: '1', answer });
  });

  it('is declined or hung up by a leave', async () => {
    for (const before of [ring, connect]) {
      await before();
      await course.send({ type: 'leave', name: 'kit' });
      const left = { type: 'leave', name: 'course', call: '1', reason: 'hung-up' };
      assert.deepEqual(kit.takeOne(), left);
    }
  });

  it('sends it a leave on cancel and on hang-up', async () => {
    await ring();
    await kit.send({ type: 'cancel', name: 'course', call: '1' });
    assert.deepEqual(course.takeOne(), { type: 'leave', name: 'kit' });
    await connect();
    await kit.send({ type: 'leave', name: 'course', call: '1' });
    assert.deepEqual(course.takeOne(), { type: 'leave', name: 'kit' });
  });

  it('has one call with it at a time: a basic client knows no more', async () => {
    await connect();
    await kit.send({ type: 'call', name: 'course', call: '2', kind: 'chat', offer });
    const { code, call } = kit.takeOne();
    assert.deepEqual([code, call], ['call-exists', '2']);
    assert.deepEqual(course.take(), []);
  });

  it('yields to an offer that comes at the same moment', async () => {
    await ring();
    await course.send({ type: 'offer', name: 'kit', offer });
    const [left, ringing] = kit.take();
    assert.deepEqual([left?.type, left?.call], ['leave', '1']);
    assert.deepEqual([ringing?.type, ringing?.plain], ['call', true]);
  });

  it('is not accepted by a malformed or unasked answer', async () => {
    await course.send({ type: 'answer', name: 'kit', answer });
    assert.equal(course.takeOne().code, 'no-such-call');
    await ring();
    await course.send({ type: 'answer', name: 'kit', answer: 'v=0' });
    assert.equal(course.takeOne().code, 'bad-message');
    assert.deepEqual(kit.take(), []);
    await course.send({ type: 'answer', name: 'kit', answer });
    assert.equal(kit.takeOne().type, 'accept');
  });

  it('keeps messages to itself that a basic client has no word for', async () => {
    await connect();
    await kit.close(1006);
    assert.deepEqual(course.take(), []);
  });
});
