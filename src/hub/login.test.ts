import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { HubClient, basicClient, kitClient } from '../../test/helpers/hub-client.js';
import { names } from '../../test/helpers/arbitraries.js';
import { nameKey } from '../protocol/name-key.js';
import { Hub } from './hub.js';

describe('login', () => {
  it('takes a free name and says how it is kept', async () => {
    const hub = new Hub();
    const client = new HubClient(hub);
    await client.send({ type: 'login', name: '  Zoe\u0308 ' });
    const { epoch } = hub.directory;
    assert.deepEqual(client.takeOne(), { type: 'login', success: true, name: 'Zoë', epoch });
  });

  it('gives a kit client values that a basic client has no use for', async () => {
    const iceServers = [{ urls: 'stun:stun.example.org' }];
    const hub = new Hub({ settings: { iceServers } });
    const client = new HubClient(hub);
    await client.send({ type: 'login', name: 'alice', hello: { version: 1 } });
    const { resume, ...answer } = client.takeOne();
    const { epoch } = hub.directory;
    assert.match(resume as string, new RegExp(`^[0-9a-f]{32}\\.${epoch}$`));
    const expected = { type: 'login', success: true, name: 'alice', epoch };
    assert.deepEqual(answer, { ...expected, resumed: false, iceServers });
  });

  it('refuses a name that is taken, however it is spelled', async () => {
    const hub = new Hub();
    await basicClient(hub, 'Zoë');
    for (const name of ['Zoë', 'zoë', ' ZOË ', 'Zoe\u0308']) {
      const client = new HubClient(hub);
      await client.send({ type: 'login', name });
      const { type, success, code } = client.takeOne();
      assert.deepEqual([type, success, code], ['login', false, 'name-taken'], name);
    }
  });

  it('lets a refused client try again', async () => {
    const hub = new Hub();
    await basicClient(hub, 'alice');
    const client = new HubClient(hub);
    await client.send({ type: 'login', name: 'alice' });
    await client.send({ type: 'login', name: 'bob' });
    assert.deepEqual(
      client.take().map(({ success }) => success),
      [false, true],
    );
  });

  it('refuses an invalid name', async () => {
    for (const name of ['', ' ', 'a\nb', 'x'.repeat(65), null, 7, {}]) {
      const client = new HubClient(new Hub());
      await client.send({ type: 'login', name });
      assert.equal(client.takeOne().code, 'bad-name');
    }
  });

  it('lets a connection sign in once', async () => {
    const hub = new Hub();
    const client = await basicClient(hub, 'alice');
    await client.send({ type: 'login', name: 'bob' });
    const { type, success, code } = client.takeOne();
    assert.deepEqual([type, success, code], ['login', false, 'already-signed-in']);
    assert.deepEqual(await hub.directory.locate('bob'), []);
  });

  it('treats names that mean something to an object like any other', async () => {
    const hub = new Hub();
    const taken = new Set<string>();
    for (const name of names) {
      if (taken.has(nameKey(name))) continue;
      taken.add(nameKey(name));
      const client = await kitClient(hub, name);
      await client.send({ type: 'leave', name: 'hasOwnProperty', call: '1' });
      assert.equal(client.takeOne().code, 'not-online');
    }
  });

  it('serves nothing before', async () => {
    const hub = new Hub();
    await basicClient(hub, 'bob');
    for (const message of [
      { type: 'offer', name: 'bob', offer: {} },
      { type: 'answer', name: 'bob', answer: {} },
      { type: 'candidate', name: 'bob', candidate: {} },
      { type: 'leave', name: 'bob' },
      { type: 'call', name: 'bob', call: '1', kind: 'video' },
      { type: 'watch', on: true },
    ]) {
      const client = new HubClient(hub);
      await client.send(message);
      const words = 'You are not authenticated';
      const expected = { type: 'error', code: 'not-authenticated', message: words };
      assert.deepEqual(client.takeOne(), expected);
    }
  });

  it('answers a frame that it cannot read, and goes on', async () => {
    const client = await basicClient(new Hub(), 'alice');
    await client.send('hello');
    await client.send('{"type":"dance"}');
    await client.send(' '.repeat(70_000));
    await client.sendBinary();
    assert.deepEqual(
      client.take().map(({ type, code }) => [type, code]),
      ['bad-json', 'unknown-type', 'frame-too-large', 'binary-frame'].map((code) => [
        'error',
        code,
      ]),
    );
    await client.send({ type: 'offer', name: 'alice', offer: 1 });
    assert.deepEqual(client.takeOne(), { type: 'offer', name: 'alice', offer: 1 });
  });

  it('tells the client that it could not, and the observer why, when the hub itself fails', async () => {
    const events: string[] = [];
    const hub = new Hub({ observer: ({ type }) => events.push(type) });
    const client = await basicClient(hub, 'alice');
    hub.directory.locate = () => {
      throw new Error('gone fishing');
    };
    await client.send({ type: 'leave', name: 'bob' });
    assert.equal(client.takeOne().code, 'internal');
    assert.ok(events.includes('fault'));
  });
});
