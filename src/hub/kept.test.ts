import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { FakeClock } from '../../test/helpers/fake-clock.js';
import { basicClient, HubClient, kitClient } from '../../test/helpers/hub-client.js';
import { Hub } from './hub.js';
import { MemoryDirectory } from './memory-directory.js';
import { defaultHubSettings } from './settings.js';

const lost = 1006;
const kept = { each: 20_000, all: 50_000 };
const settings = { ...defaultHubSettings, kept };
const description = (type: string, length: number) => ({ type, sdp: 'x'.repeat(length) });

let clock: FakeClock;
let hub: Hub;
let directory: MemoryDirectory;

beforeEach(() => {
  clock = new FakeClock();
  directory = new MemoryDirectory(settings);
  hub = new Hub({ clock, settings, directory });
});

/** Two people with a call that was accepted, the second of whom is away. */
async function apart(name: string) {
  const one = await kitClient(hub, name);
  const other = await kitClient(hub, `${name}'s friend`);
  await one.send({ type: 'call', name: `${name}'s friend`, call: name, kind: 'chat' });
  await other.send({ type: 'accept', name, call: name });
  await other.close(lost);
  one.take();
  const write = async (length: number) => {
    const offer = description('offer', length);
    await one.send({ type: 'offer', name: `${name}'s friend`, call: name, offer });
    return one.take().at(-1)?.code;
  };
  return { one, other, write };
}

describe('the messages that wait for somebody who is away', () => {
  it('are bounded in bytes for each; a sender of more is refused', async () => {
    const { write } = await apart('alice');
    assert.equal(await write(8000), undefined);
    assert.ok(directory.keptBytes > 16_000);
    assert.equal(await write(8000), 'mailbox-full');
    assert.equal(await write(100), undefined);
  });

  it('are bounded in bytes in all', async () => {
    const codes = [];
    for (const name of ['a', 'b', 'c', 'd', 'e']) codes.push(await (await apart(name)).write(8000));
    assert.deepEqual(codes, [undefined, undefined, undefined, 'mailbox-full', 'mailbox-full']);
    assert.ok(directory.keptBytes <= kept.all);
  });

  it('are counted out once read, and once their session has ended', async () => {
    const { other, write } = await apart('alice');
    await write(8000);
    const back = new HubClient(hub);
    const login = { type: 'login', name: "alice's friend", hello: { version: 1 } };
    await back.send({ ...login, resume: (other as HubClient & { resume: string }).resume });
    assert.equal(back.take().at(-1)!.type, 'offer');
    assert.equal(directory.keptBytes, 0);
    await back.close(lost);
    await write(8000);
    assert.notEqual(directory.keptBytes, 0);
    await clock.advance(settings.resumeWindow);
    assert.equal(directory.keptBytes, 0);
  });

  it('hold no acknowledgement: unacknowledged messages are sent again', async () => {
    const { one, other } = await apart('alice');
    for (let seq = 1; seq <= 300; seq++) {
      await one.send({ type: 'ack', name: "alice's friend", link: 'x', seq });
    }
    assert.deepEqual([one.take(), other.take().at(-1)?.type, directory.keptBytes], [[], 'call', 0]);
  });
});

describe('candidates of a caller that wait until the call is accepted', () => {
  const junk = Array.from({ length: 500 }, () => ({}));

  it('are kept without unknown fields, and bounded in bytes', async () => {
    await kitClient(hub, 'bob');
    const eve = await basicClient(hub, 'eve');
    const offer = description('offer', 10);
    await eve.send({ type: 'offer', name: 'bob', offer });
    for (let count = 0; count < 70; count++) {
      const candidate = { candidate: 'c'.repeat(100), sdpMid: '0', x: junk };
      await eve.send({ type: 'candidate', name: 'bob', candidate });
    }
    assert.ok(directory.keptBytes > 10_000 && directory.keptBytes <= kept.each);
    assert.equal(eve.take().at(-1)!.code, 'mailbox-full');
    await eve.send({ type: 'leave', name: 'bob' });
    assert.equal(directory.keptBytes, 0);
  });

  it('are relayed unchanged once it is accepted', async () => {
    const bob = await kitClient(hub, 'bob');
    const carol = await basicClient(hub, 'carol');
    await carol.send({ type: 'offer', name: 'bob', offer: description('offer', 10) });
    const candidate = { candidate: 'candidate:1', sdpMid: '0', sdpMLineIndex: 0 };
    await carol.send({ type: 'candidate', name: 'bob', candidate: { ...candidate, x: junk } });
    const { call } = bob.takeOne();
    await bob.send({ type: 'accept', name: 'carol', call, answer: description('answer', 10) });
    assert.deepEqual(bob.takeOne(), { type: 'candidate', name: 'carol', call, candidate });
    assert.equal(directory.keptBytes, 0);
  });
});

describe('the names of one address', () => {
  const names = { ...settings, namesPerAddress: 5, unusedNamesPerAddress: 2 };
  const online = () => [...directory.online()];

  beforeEach(() => {
    directory = new MemoryDirectory(names);
    hub = new Hub({ clock, settings: names, directory });
  });

  const comeAndGo = async (name: string) => {
    const client = new HubClient(hub, '192.0.2.1');
    await client.send({ type: 'login', name, hello: { version: 1 } });
    const answer = client.take()[0]!;
    await client.close(lost);
    return answer;
  };

  it('are bounded, with or without their connections', async () => {
    for (let count = 0; count < 5; count++) await kitClient(hub, `${count}`, '192.0.2.1');
    const answer = await comeAndGo('one more');
    assert.deepEqual([answer.success, answer.code], [false, 'too-many-names']);
    await kitClient(hub, 'somebody else', '192.0.2.2');
    await kitClient(hub, 'in a tab');
  });

  it('let in a person who comes back to one of them', async () => {
    const clients = [];
    for (let count = 0; count < 5; count++) {
      clients.push(await kitClient(hub, `${count}`, '192.0.2.1'));
    }
    await clients[0]!.close(lost);
    const back = new HubClient(hub, '192.0.2.1');
    const { resume } = clients[0]!;
    await back.send({ type: 'login', name: '0', hello: { version: 1 }, resume });
    assert.equal(back.takeOne().resumed, true);
  });

  it('are free again after a second where many did nothing with them', async () => {
    for (let count = 0; count < 4; count++) await comeAndGo(`${count}`);
    assert.deepEqual(online(), ['0', '1', '2', '3']);
    await clock.advance(names.unusedNameKeep);
    assert.deepEqual(online(), ['0', '1']);
    for (let count = 4; count < 100; count++) {
      await comeAndGo(`${count}`);
      await clock.advance(names.unusedNameKeep);
    }
    await clock.advance(settings.resumeWindow);
    assert.deepEqual(online(), []);
    assert.equal((await comeAndGo('late')).success, true);
  });
});

describe('somebody who comes back to a full mailbox', () => {
  it('gets it as fast as they read, and newer messages after it', async () => {
    const { one, other, write } = await apart('alice');
    for (let count = 0; count < 5; count++) await write(100 + count);
    const got: string[] = [];
    const makeRoom: (() => void)[] = [];
    const client = hub.connect({
      send: (frame) => got.push((JSON.parse(frame) as { type: string }).type),
      room: () => (got.length ? new Promise<void>((done) => makeRoom.push(done)) : undefined),
      close: () => {},
    });
    const { resume } = other as HubClient & { resume: string };
    const login = { type: 'login', name: "alice's friend", hello: { version: 1 }, resume };
    const served = client.receive(JSON.stringify(login));
    await clock.advance(0);
    await write(200);
    assert.deepEqual(got, ['login']);
    await one.send({ type: 'leave', name: "alice's friend", call: 'alice' });
    while (got.length < 8) {
      const before = got.length;
      makeRoom.shift()!();
      await clock.advance(0);
      await new Promise(setImmediate);
      assert.equal(got.length, before + 1);
    }
    await served;
    assert.deepEqual(got, ['login', ...Array<string>(6).fill('offer'), 'leave']);
  });
});
