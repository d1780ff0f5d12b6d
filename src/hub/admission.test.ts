import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { FakeClock, settled } from '../../test/helpers/fake-clock.js';
import { HubClient, kitClient } from '../../test/helpers/hub-client.js';
import { nameKey } from '../protocol/name-key.js';
import type { Admission, Credentials } from './admission.js';
import { CloseCode } from './connection.js';
import { Hub } from './hub.js';
import { Refusal } from './refusal.js';

const hello = { version: 1 };
const start = Date.parse('2026-01-01T00:00:00Z');

/** Lets in whose password is their name backwards, and whose token is `NAME SECONDS`. */
class Door implements Admission {
  readonly asked: Credentials[] = [];
  readonly gone = new Set<string>();
  readonly #listeners = new Set<(key: string) => void>();

  admit(who: Credentials) {
    this.asked.push(who);
    const { name, password, token } = who;
    if (token !== undefined) {
      const [of = '', ends] = token.split(' ');
      if (!ends) throw new Refusal('token-invalid', 'No token');
      return { name: of, until: start + Number(ends) * 1000 };
    }
    if (password === undefined) throw new Refusal('password-needed', 'A password is needed');
    if (password === 'again') throw new Refusal('too-many-attempts', 'Later', undefined, 8);
    const right = [...name!].reverse().join('');
    if (password !== right) throw new Refusal('wrong-password', 'Wrong');
    return { name: name! };
  }

  knows(name: string): boolean {
    return !this.gone.has(name);
  }

  sign(name: string, ticket: string): string {
    return `${ticket}.${name}`;
  }

  readmit(name: string, signed: string) {
    return this.knows(name) && signed.endsWith(`.${name}`) ? { name } : undefined;
  }

  watch(listener: (key: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** An account is not what it was. */
  async change(name: string): Promise<void> {
    for (const listener of this.#listeners) listener(nameKey(name));
    await settled();
  }

  get watched(): number {
    return this.#listeners.size;
  }
}

describe('a person who signs in', () => {
  let clock: FakeClock;
  let door: Door;
  let hub: Hub;

  beforeEach(() => {
    clock = new FakeClock();
    door = new Door();
    hub = new Hub({ clock, admission: door, date: () => start + clock.now() });
  });

  /** The server is started anew, and knows nothing. */
  function restart(): void {
    hub.close();
    hub = new Hub({ clock, admission: door, date: () => start + clock.now() });
  }

  async function login(fields: object, from = new HubClient(hub)) {
    await from.send({ type: 'login', name: 'alice', hello, ...fields });
    const answer = from.takeOne();
    return Object.assign(from, { answer, resume: answer.resume as string });
  }

  const online = async () => [...(await hub.directory.online())];

  it('is let in with the right credentials', async () => {
    assert.equal((await login({})).answer.code, 'password-needed');
    assert.equal((await login({ password: 'bob' })).answer.code, 'wrong-password');
    assert.equal((await login({ password: 'ecila' })).answer.success, true);
  });

  it('hears when to try again', async () => {
    const { code, retryAfter } = (await login({ password: 'again' })).answer;
    assert.deepEqual([code, retryAfter], ['too-many-attempts', 8]);
  });

  it('hears that a name is online only with its password', async () => {
    await login({ password: 'ecila' });
    assert.equal((await login({ password: 'wrong' })).answer.code, 'wrong-password');
    assert.equal((await login({ password: 'ecila' })).answer.code, 'name-taken');
  });

  it('may try again on the same connection', async () => {
    const client = await login({ password: 'wrong' });
    assert.equal((await login({ password: 'ecila' }, client)).answer.success, true);
  });

  it('is known by the address of the connection', async () => {
    const client = hub.connect({ address: '192.0.2.1', send: () => {}, close: () => {} });
    await client.receive(JSON.stringify({ type: 'login', name: 'alice', password: 'x' }));
    assert.equal(door.asked[0]!.address, '192.0.2.1');
  });

  it('is refused with a token when the server takes none', async () => {
    const open = new HubClient(new Hub());
    await open.send({ type: 'login', name: 'alice', token: 'alice 1' });
    assert.equal(open.takeOne().code, 'token-invalid');
  });

  describe('after a first sign-in', () => {
    it('needs no password with the token of the session', async () => {
      const first = await login({ password: 'ecila' });
      await first.close();
      const second = await login({ resume: first.resume });
      assert.deepEqual([second.answer.success, second.answer.resumed], [true, true]);
    });

    it('needs the password when the session is over, or was never theirs', async () => {
      const first = await login({ password: 'ecila' });
      assert.equal((await login({ resume: 'guess' })).answer.code, 'password-needed');
      await first.close();
      await clock.advance(60_000);
      assert.equal((await login({ resume: first.resume })).answer.code, 'password-needed');
    });

    it('needs no password once at a restarted hub', async () => {
      const first = await login({ password: 'ecila' });
      await clock.advance(120_000);
      restart();
      const second = await login({ resume: first.resume });
      assert.deepEqual([second.answer.success, second.answer.resumed], [true, false]);
      await second.close(1000);
      // The ticket of this hub is worth nothing after the end.
      assert.equal((await login({ resume: second.resume })).answer.code, 'password-needed');
    });

    it('needs it there with another’s ticket, without an account, or too late', async () => {
      const first = await login({ password: 'ecila' });
      restart();
      const asBob = await login({ name: 'bob', resume: first.resume });
      assert.equal(asBob.answer.code, 'password-needed');
      door.gone.add('alice');
      assert.equal((await login({ resume: first.resume })).answer.code, 'password-needed');
      door.gone.clear();
      await clock.advance(60_000);
      assert.equal((await login({ resume: first.resume })).answer.code, 'password-needed');
    });

    it('does not go on when the account is removed meanwhile', async () => {
      const first = await login({ password: 'ecila' });
      await first.close();
      door.gone.add('alice');
      assert.equal((await login({ resume: first.resume })).answer.code, 'password-needed');
      assert.deepEqual(await online(), []);
    });
  });

  describe('with a token', () => {
    it('has the name of the token, and needs no other', async () => {
      const { answer } = await login({ name: '', token: 'Zoë 100' });
      assert.deepEqual([answer.success, answer.name], [true, 'Zoë']);
    });

    it('is told a minute before it ends, then signed out', async () => {
      const { length } = (await login({ token: 'alice 100' })).inbox;
      assert.equal(length, 0);
      const client = await login({ name: 'bob', token: 'bob 100' });
      await clock.advance(39_999);
      assert.deepEqual(client.take(), []);
      await clock.advance(1);
      assert.deepEqual(client.takeOne(), { type: 'token-expiring', seconds: 60 });
      await clock.advance(59_999);
      assert.equal(client.closedWith, undefined);
      await clock.advance(1);
      assert.equal(client.closedWith, CloseCode.tokenExpired);
      assert.deepEqual(await online(), []);
      assert.equal(clock.waiting, 0);
    });

    it('goes on with a fresh token', async () => {
      const client = await login({ token: 'alice 100' });
      await client.send({ type: 'token', token: 'alice 1000' });
      assert.deepEqual(client.takeOne(), { type: 'token', success: true });
      await clock.advance(900_000);
      assert.deepEqual(client.take(), []);
      await clock.advance(100_000);
      assert.equal(client.closedWith, CloseCode.tokenExpired);
    });

    it('does not go on with a bad token, or somebody else’s', async () => {
      const client = await login({ token: 'alice 100' });
      for (const token of ['bad', 'bob 1000']) {
        await client.send({ type: 'token', token });
        const { type, success, code } = client.takeOne();
        assert.deepEqual([type, success, code], ['token', false, 'token-invalid']);
      }
      await clock.advance(100_000);
      assert.equal(client.closedWith, CloseCode.tokenExpired);
    });

    it('resumes without it until it ends, and keeps its end', async () => {
      const first = await login({ token: 'alice 100' });
      await first.close();
      const second = await login({ resume: first.resume });
      assert.equal(second.answer.resumed, true);
      await second.close();
      await clock.advance(50_000);
      const third = await login({ resume: second.resume });
      assert.equal(third.answer.resumed, true);
      await clock.advance(50_000);
      assert.equal(third.closedWith, CloseCode.tokenExpired);
    });

    it('does not resume after its end', async () => {
      const first = await login({ token: 'alice 30' });
      await first.close();
      await clock.advance(30_000);
      assert.equal((await login({ resume: first.resume })).answer.code, 'password-needed');
      assert.deepEqual(await online(), []);
    });

    it('resumes after its end with a fresh token', async () => {
      const first = await login({ token: 'alice 30' });
      await first.close();
      await clock.advance(30_000);
      const fresh = { resume: first.resume, token: 'alice 1000' };
      assert.equal((await login(fresh)).answer.resumed, true);
    });

    it('may last longer than a timer can', async () => {
      const client = await login({ token: `alice ${60 * 24 * 3600}` });
      await clock.advance(59 * 24 * 3600 * 1000);
      assert.deepEqual(client.take(), []);
      await clock.advance(24 * 3600 * 1000);
      assert.equal(client.closedWith, CloseCode.tokenExpired);
    });

    it('leaves no timer behind when it signs out', async () => {
      const client = await login({ token: 'alice 100' });
      await client.close(CloseCode.normal);
      assert.equal(clock.waiting, 0);
    });
  });

  describe('until the account changes', () => {
    it('is signed out with it, connected or away, and others are not', async () => {
      const several = { sessionsPerName: 2 };
      hub = new Hub({ clock, admission: door, settings: several });
      const here = await login({ password: 'ecila' });
      const away = await login({ password: 'ecila' });
      await away.close();
      const bob = await login({ name: 'bob', password: 'bob' });
      await door.change('ALICE');
      assert.equal(here.closedWith, CloseCode.accountChanged);
      assert.equal(bob.closedWith, undefined);
      assert.deepEqual(await online(), ['bob']);
      assert.equal((await login({ resume: away.resume })).answer.code, 'password-needed');
      assert.equal(clock.waiting, 0);
    });

    it('has the partner of its call told', async () => {
      const alice = await login({ password: 'ecila' });
      const bob = await login({ name: 'bob', password: 'bob' });
      await alice.send({ type: 'call', name: 'bob', call: '1', kind: 'chat' });
      bob.take();
      await door.change('alice');
      const { type, reason } = bob.takeOne();
      assert.deepEqual([type, reason], ['leave', 'signed-out']);
    });

    it('has the partner of a basic client told', async () => {
      const alice = new HubClient(hub);
      await alice.send({ type: 'login', name: 'alice', password: 'ecila' });
      const bob = new HubClient(hub);
      await bob.send({ type: 'login', name: 'bob', password: 'bob' });
      await alice.send({ type: 'offer', name: 'bob', offer: {} });
      bob.take();
      await door.change('alice');
      assert.equal(bob.takeOne().type, 'leave');
    });

    it('is watched for no longer than the hub runs', async () => {
      await kitClient(new Hub({ clock }), 'carol');
      assert.equal(door.watched, 1);
      hub.close();
      assert.equal(door.watched, 0);
    });
  });
});
