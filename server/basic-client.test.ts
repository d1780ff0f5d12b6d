import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { WsClient } from '../test/helpers/ws-client.js';
import { createServer, type RunningServer } from './index.js';

/** The tutorial's message sequences, by clients that know nothing else. */
describe('a server for basic clients', () => {
  const offer = { type: 'offer', sdp: 'v=0\r\no=alice' };
  const answer = { type: 'answer', sdp: 'v=0\r\no=bob' };
  const candidate = { candidate: 'candidate:1 1 udp 1 10.0.0.1 9 typ host', sdpMid: '0' };
  let server: RunningServer;
  let alice: WsClient;
  let bob: WsClient;

  before(async () => {
    server = await createServer({ host: '127.0.0.1', port: 0 });
  });
  after(() => server.close());

  beforeEach(async () => {
    alice = await WsClient.signedIn(server.url, 'alice');
    bob = await WsClient.signedIn(server.url, 'bob');
  });
  afterEach(async () => {
    // Only when bob's last message is answered is alice's name free for the next test.
    await Promise.all([alice.close(), bob.close()]);
  });

  it('chapter 8: signs clients in, and no two under the same name', async () => {
    const carol = await WsClient.connect(server.url);
    const refused = await carol.ask({ type: 'login', name: 'alice' });
    assert.deepEqual([refused.type, refused.success], ['login', false]);
    const accepted = await carol.ask({ type: 'login', name: 'carol' });
    assert.deepEqual([accepted.type, accepted.success], ['login', true]);
    await carol.close();
  });

  it('chapters 8 and 11: relays offers, answers, candidates and leaves', async () => {
    alice.send({ type: 'offer', name: 'bob', offer });
    assert.deepEqual(await bob.next(), { type: 'offer', offer, name: 'alice' });
    bob.send({ type: 'answer', name: 'alice', answer });
    assert.deepEqual(await alice.next(), { type: 'answer', answer, name: 'bob' });
    for (const [from, to] of [
      [alice, bob],
      [bob, alice],
      [bob, alice],
    ] as const) {
      from.send({ type: 'candidate', name: from === alice ? 'bob' : 'alice', candidate });
      const { type, candidate: received } = await to.next();
      assert.deepEqual([type, received], ['candidate', candidate]);
    }
    alice.send({ type: 'leave', name: 'bob' });
    assert.equal((await bob.next()).type, 'leave');
  });

  it('chapters 12 and 13: relays a second call in the opposite direction', async () => {
    alice.send({ type: 'offer', name: 'bob', offer });
    await bob.next();
    alice.send({ type: 'leave', name: 'bob' });
    await bob.next();
    bob.send({ type: 'offer', name: 'alice', offer });
    assert.deepEqual(await alice.next(), { type: 'offer', offer, name: 'bob' });
    alice.send({ type: 'answer', name: 'bob', answer });
    assert.equal((await bob.next()).type, 'answer');
  });

  it('chapter 11: tells the partner when a socket closes, and frees the name', async () => {
    alice.send({ type: 'offer', name: 'bob', offer });
    await bob.next();
    bob.send({ type: 'answer', name: 'alice', answer });
    await alice.next();
    bob.socket.terminate();
    assert.equal((await alice.next()).type, 'leave');
    bob = await WsClient.signedIn(server.url, 'bob');
  });

  it('chapter 8: answers a frame that is not JSON with an error, and goes on', async () => {
    for (const frame of ['hello', '{', '', 'null', '[]', '"login"']) {
      const { type, message } = await alice.ask(frame);
      assert.equal(type, 'error');
      assert.equal(typeof message, 'string');
    }
    alice.send({ type: 'offer', name: 'bob', offer });
    assert.equal((await bob.next()).type, 'offer');
  });

  it('chapter 8: names a command that it does not know', async () => {
    const { type, message } = await alice.ask({ type: 'dance', name: 'bob' });
    assert.deepEqual([type, message], ['error', 'Command not found: dance']);
  });

  it('chapter 14: serves nothing but login before login', async () => {
    const carol = await WsClient.connect(server.url);
    for (const message of [
      { type: 'offer', name: 'bob', offer },
      { type: 'leave', name: 'bob' },
    ]) {
      const { type, message: words } = await carol.ask(message);
      assert.deepEqual([type, words], ['error', 'You are not authenticated']);
    }
    await carol.close();
  });

  it('survives a leave to somebody unknown, which crashed the tutorial’s server', async () => {
    for (const name of ['nobody', '__proto__', 'constructor', '']) {
      const { type, code } = await alice.ask({ type: 'leave', name });
      assert.deepEqual([type, code], ['error', 'not-online']);
    }
    alice.send({ type: 'leave', name: 'bob' });
    assert.equal((await bob.next()).type, 'leave');
  });

  it('greets nobody: the first frame is the answer to the login', async () => {
    const carol = await WsClient.connect(`${server.url}/any/path?at=all`);
    const first = await carol.ask({ type: 'login', name: '__proto__' });
    assert.deepEqual([first.type, first.success], ['login', true]);
    await carol.close();
  });
});
