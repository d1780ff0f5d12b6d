import assert from 'node:assert/strict';
import {
  appendFileSync,
  lstatSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after, describe, it } from 'node:test';
import { ownRedis } from '../../test/helpers/redis.js';
import type { AccountStore } from './account-store.js';
import { FileStore } from './file-store.js';
import { MemoryStore } from './memory-store.js';
import { RedisStore } from './redis-store.js';

const hash = (text: string) => `$argon2id$v=19$m=8,t=1,p=1$${text}`;
const fail = (error: Error) => {
  throw error;
};

/** The next change that a store tells of. */
const nextChange = (store: AccountStore) =>
  new Promise<string>((resolve) => {
    const stop = store.watch((key) => {
      stop();
      resolve(key);
    });
  });

const folder = mkdtempSync(join(tmpdir(), 'rtc-widgets-accounts-'));
after(() => rmSync(folder, { recursive: true }));
let files = 0;
const newFile = () => join(folder, `accounts-${++files}`);
const openFile = (path: string) => FileStore.open(path, { onError: fail, interval: 20 });

const own = ownRedis();
const openRedis = () => RedisStore.open(own.redis.url, { onError: () => {} });

const kinds: [string, () => Promise<AccountStore>][] = [
  ['memory', async () => new MemoryStore()],
  ['a file', () => openFile(newFile())],
  [
    'Redis',
    async () => {
      await own.connection.flushDb();
      return openRedis();
    },
  ],
];

for (const [kind, open] of kinds) {
  describe(`accounts in ${kind}`, () => {
    let store: AccountStore;
    const opened = async () => {
      store = await open();
      return store;
    };
    const closing = (t: { after: (done: () => Promise<void>) => void }) =>
      t.after(() => store.close());

    it('are found by any spelling of the name, as it was given', async (t) => {
      await opened();
      closing(t);
      assert.equal(await store.add('Zoë', hash('1')), true);
      for (const name of ['Zoë', 'ZOË', 'zoe\u0308']) {
        const found = await store.find(name);
        assert.deepEqual([found?.name, found?.hash], ['Zoë', hash('1')]);
        assert.ok(Date.parse(found!.changed) <= Date.now());
      }
      assert.equal(await store.find('Zoe'), undefined);
    });

    it('are unique per name in any spelling', async (t) => {
      await opened();
      closing(t);
      for (const name of ['__proto__', 'constructor', 'a:b', '*']) {
        assert.equal(await store.find(name), undefined);
        assert.equal(await store.add(name, hash('1')), true, name);
        assert.equal(await store.add(name.toUpperCase(), hash('2')), false, name);
      }
      assert.deepEqual((await store.names()).sort(), ['*', '__proto__', 'a:b', 'constructor']);
    });

    it('change their password, or are removed, and say so', async (t) => {
      await opened();
      closing(t);
      await store.add('Alice', hash('1'));
      const changed = nextChange(store);
      assert.equal(await store.change('alice', hash('2')), true);
      assert.equal(await changed, 'alice');
      const { name, hash: now } = (await store.find('Alice'))!;
      assert.deepEqual([name, now], ['Alice', hash('2')]);
      const removed = nextChange(store);
      assert.equal(await store.remove('ALICE'), true);
      assert.equal(await removed, 'alice');
      assert.equal(await store.find('alice'), undefined);
      assert.equal(await store.change('alice', hash('3')), false);
      assert.equal(await store.remove('alice'), false);
      assert.deepEqual(await store.names(), []);
    });

    it('are hashed anew without a word, unless the password changed meanwhile', async (t) => {
      await opened();
      closing(t);
      const told: string[] = [];
      store.watch((key) => told.push(key));
      await store.add('alice', hash('1'));
      const before = (await store.find('alice'))!;
      await store.rehash(before, hash('stronger'));
      assert.deepEqual(await store.find('alice'), { ...before, hash: hash('stronger') });
      await store.rehash(before, hash('late'));
      assert.equal((await store.find('alice'))!.hash, hash('stronger'));
      const removed = nextChange(store);
      await store.remove('alice');
      await removed;
      await store.rehash(before, hash('back'));
      assert.equal(await store.find('alice'), undefined);
      assert.deepEqual(told, ['alice']);
    });

    it('are changed by several at once, and each change counts', async (t) => {
      await opened();
      closing(t);
      const names = Array.from({ length: 20 }, (_, index) => `person ${index}`);
      await Promise.all(names.map((name) => store.add(name, hash(name))));
      assert.deepEqual((await store.names()).sort(), names.sort());
    });
  });
}

for (const [kind, both] of [
  [
    'a file',
    () => {
      const path = newFile();
      return Promise.all([openFile(path), openFile(path)]);
    },
  ],
  ['Redis', () => Promise.all([openRedis(), openRedis()])],
] as [string, () => Promise<[AccountStore, AccountStore]>][]) {
  describe(`accounts in ${kind}, with another program`, () => {
    it('are the same for both, which hear of changes', async (t) => {
      await own.connection.flushDb();
      const [one, other] = await both();
      t.after(() => Promise.all([one.close(), other.close()]));
      await one.add('alice', hash('1'));
      await other.add('bob', hash('1'));
      for (const edit of [() => other.change('alice', hash('2')), () => other.remove('alice')]) {
        const heard = nextChange(one);
        await edit();
        assert.equal(await heard, 'alice');
      }
      assert.deepEqual(await one.names(), ['bob']);
    });
  });
}

describe('the file', () => {
  it('is for its owner only, and lasts', async (t) => {
    const path = newFile();
    const store = await openFile(path);
    await store.add('alice', hash('1'));
    await store.close();
    assert.equal(statSync(path).mode & 0o777, 0o600);
    const again = await openFile(path);
    t.after(() => again.close());
    assert.equal((await again.find('alice'))?.hash, hash('1'));
  });

  it('stays where it is, and a link to it a link', async (t) => {
    const [path, link, further] = [newFile(), newFile(), newFile()];
    symlinkSync(basename(path), link);
    symlinkSync(link, further);
    // The first of them makes the file, where the links lead.
    for (const [name, where] of [
      ['alice', further],
      ['bob', path],
      ['carol', link],
    ] as const) {
      const store = await openFile(where);
      assert.equal(await store.add(name, hash('1')), true);
      await store.close();
    }
    for (const each of [link, further]) assert.ok(lstatSync(each).isSymbolicLink());
    assert.equal(lstatSync(path).mode & 0o777, 0o600);
    const stores = await Promise.all([path, link, further].map(openFile));
    t.after(() => Promise.all(stores.map((store) => store.close())));
    for (const store of stores) {
      assert.deepEqual((await store.names()).sort(), ['alice', 'bob', 'carol']);
    }
    const [secret, ...others] = await Promise.all(stores.map((store) => store.secret()));
    assert.deepEqual(others, [secret, secret]);
  });

  it('is locked by a single program at a time, through any link', async (t) => {
    const [path, link] = [newFile(), newFile()];
    writeFileSync(path, '');
    symlinkSync(path, link);
    const stores = await Promise.all([path, link].map(openFile));
    t.after(() => Promise.all(stores.map((store) => store.close())));
    const names = Array.from({ length: 20 }, (_, index) => `person ${index}`);
    await Promise.all(names.map((name, index) => stores[index % 2]!.add(name, hash(name))));
    // A store reads a moment later what another program has written; a new one, as it opens.
    const later = await openFile(link);
    t.after(() => later.close());
    assert.deepEqual((await later.names()).sort(), names.sort());
  });

  it('that a link leads to in a circle is refused', async () => {
    const [one, other] = [newFile(), newFile()];
    symlinkSync(one, other);
    symlinkSync(other, one);
    await assert.rejects(openFile(one), /ELOOP/);
  });

  it('is refused if it is no file of accounts, without quoting its content', async () => {
    const account = JSON.stringify({ name: 'a', hash: hash('1'), changed: '2026' });
    for (const text of ['secret', '{"name":"a","hash":"secret"}', `${account}\n${account}`]) {
      const path = newFile();
      writeFileSync(path, text);
      await assert.rejects(openFile(path), (error: Error) => {
        assert.match(error.message, /line \d: (this is no|a second) account$/);
        assert.doesNotMatch(error.message, /secret/);
        return true;
      });
    }
  });

  it('keeps the old accounts when the file is spoilt meanwhile, and says so', async (t) => {
    const path = newFile();
    let hear: (error: Error) => void;
    const heard = new Promise<Error>((resolve) => (hear = resolve));
    const onError = (error: Error) => hear(error);
    const store = await FileStore.open(path, { onError, interval: 20 });
    t.after(() => store.close());
    await store.add('alice', hash('1'));
    appendFileSync(path, 'half a li');
    assert.match((await heard).message, /line 2/);
    assert.ok(await store.find('alice'));
    await assert.rejects(store.add('bob', hash('1')), /line 2/);
    assert.match(readFileSync(path, 'utf8'), /half a li$/);
  });
});

describe('the secret of accounts', () => {
  it('is the same for every server that has them, from the first on', async (t) => {
    const path = newFile();
    for (const open of [() => openFile(path), openRedis]) {
      const stores = await Promise.all([open(), open()]);
      t.after(() => Promise.all(stores.map((store) => store.close())));
      const [secret, other] = await Promise.all(stores.map((store) => store.secret()));
      assert.match(secret!, /^[\w-]{43}$/);
      assert.equal(other, secret);
    }
    assert.equal(statSync(`${path}.secret`).mode & 0o777, 0o600);
  });

  it('that is spoilt is not used', async () => {
    const path = newFile();
    writeFileSync(`${path}.secret`, '');
    await assert.rejects((await openFile(path)).secret(), /holds no secret/);
  });
});

describe('Redis', () => {
  it('tells of a change that was made while a server had lost it', async (t) => {
    await own.connection.flushDb();
    const store = await openRedis();
    t.after(() => store.close());
    await store.add('alice', hash('1'));
    const heard = nextChange(store);
    const cut = own.connection.sendCommand(['CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes']);
    const change = own.connection.xAdd('rtc-widgets:account-changes', '*', { key: 'alice' });
    await Promise.all([cut, change]);
    assert.equal(await heard, 'alice');
  });

  it('that is not there is an error without its password', async () => {
    const onError = () => {};
    await assert.rejects(
      RedisStore.open('redis://me:secret@127.0.0.1:1', { onError }),
      (error: Error) => !`${error.stack}`.includes('secret'),
    );
  });
});
