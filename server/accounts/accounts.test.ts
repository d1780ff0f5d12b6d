import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FakeClock } from '../../test/helpers/fake-clock.js';
import { Refusal } from 'rtc-widgets/hub';
import { Accounts } from './accounts.js';
import { MemoryAttempts } from './memory-attempts.js';
import { MemoryStore } from './memory-store.js';
import { Passwords, type PasswordSettings } from './passwords.js';

/** As little as argon2 takes. */
const cheap = { memory: 8, passes: 1 };
const address = '192.0.2.1';

async function someAccounts(settings: Partial<PasswordSettings> = {}) {
  const clock = new FakeClock();
  const store = new MemoryStore();
  const passwords = new Passwords({ ...cheap, ...settings });
  const attempts = new MemoryAttempts(clock);
  const faults: Error[] = [];
  const onError = (error: Error) => faults.push(error);
  const accounts = new Accounts({ store, passwords, attempts, onError });
  await store.add('Alice', await passwords.hash('correct horse'));
  /** Settles with the code of the answer, `in` where it is yes. */
  const tryTo = async (name: string, password?: string, from = address) => {
    try {
      await accounts.admit({ name, password, address: from });
      return 'in';
    } catch (error) {
      assert.ok(error instanceof Refusal, String(error));
      return error.retryAfter ? `${error.code} ${error.retryAfter}` : error.code;
    }
  };
  return { clock, store, passwords, accounts, faults, tryTo };
}

describe('accounts', () => {
  it('let in a person with the password, under the name as it is kept', async () => {
    const { accounts } = await someAccounts();
    const who = { name: 'ALICE', password: 'correct horse', address };
    assert.deepEqual(await accounts.admit(who), { name: 'Alice' });
  });

  it('say the same of a wrong password and of a name that is not there', async () => {
    const { accounts } = await someAccounts();
    const said = (name: string) =>
      accounts.admit({ name, password: 'wrong', address }).then(
        () => assert.fail(),
        ({ code, message }: Refusal) => ({ code, message }),
      );
    assert.deepEqual(await said('alice'), await said('nobody'));
  });

  it('ask for a password where there is none, whatever the name, and count nothing', async () => {
    const { tryTo } = await someAccounts();
    for (let time = 0; time < 10; time++) {
      assert.equal(await tryTo('alice'), 'password-needed');
      assert.equal(await tryTo('nobody'), 'password-needed');
    }
  });

  it('accept another Unicode spelling of a password', async () => {
    const { store, passwords, tryTo } = await someAccounts();
    await store.add('zoe', await passwords.hash('Zoe\u0308'));
    assert.equal(await tryTo('zoe', 'Zoë'), 'in');
  });

  it('make a guesser wait, also with the right password, then longer', async () => {
    const { clock, tryTo } = await someAccounts();
    for (let time = 0; time < 5; time++) assert.equal(await tryTo('alice', 'no'), 'wrong-password');
    assert.equal(await tryTo('alice', 'correct horse'), 'too-many-attempts 1');
    assert.equal(await tryTo('alice', 'correct horse', '192.0.2.2'), 'too-many-attempts 1');
    await clock.advance(1000);
    assert.equal(await tryTo('alice', 'no'), 'wrong-password');
    assert.equal(await tryTo('alice', 'no'), 'too-many-attempts 2');
    await clock.advance(2000);
    assert.equal(await tryTo('alice', 'correct horse'), 'in');
    assert.equal(await tryTo('alice', 'no'), 'wrong-password');
    assert.equal(await tryTo('alice', 'correct horse'), 'in');
  });

  it('make a guesser at many names wait, and nobody else', async () => {
    const { tryTo } = await someAccounts();
    for (let time = 0; time < 50; time++) {
      assert.equal(await tryTo(`name ${time}`, 'no', '2001:db8::1'), 'wrong-password');
    }
    assert.equal(await tryTo('alice', 'correct horse', '2001:db8::2'), 'too-many-attempts 1');
    assert.equal(await tryTo('alice', 'correct horse'), 'in');
  });

  it('let in any number of people from the same address', async () => {
    const { tryTo } = await someAccounts();
    for (let time = 0; time < 60; time++) assert.equal(await tryTo('alice', 'correct horse'), 'in');
  });

  it('refuse a sign-in when the queue is full, without counting it', async () => {
    const { tryTo, passwords } = await someAccounts({ atOnce: 1, waiting: 1 });
    const busy = [passwords.hash('a', address), passwords.hash('b', address)];
    for (let time = 0; time < 10; time++) {
      assert.equal(await tryTo('alice', 'correct horse'), 'sign-in-busy 5');
    }
    await Promise.all(busy);
    assert.equal(await tryTo('alice', 'correct horse'), 'in');
  });

  it('refuse an address with too many waiting, and no other', async () => {
    const { tryTo } = await someAccounts({ atOnce: 1, waitingPerAddress: 2 });
    const others = tryTo('alice', 'correct horse');
    const tries = ['a', 'b', 'c'].map((name, host) => tryTo(name, 'no', `2001:db8::${host}`));
    assert.deepEqual(await Promise.all(tries), [
      'wrong-password',
      'wrong-password',
      'sign-in-busy 5',
    ]);
    assert.equal(await others, 'in');
  });

  it('let a person in within a few hashes while 300 addresses guess', async () => {
    const { tryTo } = await someAccounts({ atOnce: 1 });
    let guesses = 0;
    let over = false;
    const guess = async (host: number) => {
      for (let time = 0; !over; time++) {
        const answer = await tryTo(`${host} ${time}`, 'no', `198.51.${host >> 8}.${host & 255}`);
        if (answer === 'wrong-password') guesses++;
        else await new Promise(setImmediate);
      }
    };
    const guessers = Array.from({ length: 300 }, (_, host) => guess(host));
    // Also in the first round, when nobody has failed yet.
    for (const most of [301, 3, 3, 3]) {
      const before = guesses;
      assert.equal(await tryTo('alice', 'correct horse'), 'in');
      assert.ok(guesses - before <= most, `${guesses - before} guesses went first`);
      while (guesses < 700) await new Promise(setImmediate);
    }
    over = true;
    await Promise.all(guessers);
  });

  it('let in by ticket while the queue is full', async () => {
    const { accounts, passwords, tryTo } = await someAccounts({ atOnce: 1, waiting: 0 });
    const signed = await accounts.sign('alice', 'ticket');
    const busy = passwords.hash('a');
    assert.equal(await tryTo('alice', 'correct horse'), 'sign-in-busy 5');
    assert.deepEqual(await accounts.readmit('alice', signed), { name: 'Alice' });
    await busy;
  });

  it('do not call it a fault when the queue is too full to hash anew', async () => {
    const { store, passwords, faults, tryTo } = await someAccounts({
      memory: 16,
      atOnce: 1,
      waiting: 1,
    });
    await store.add('bob', await new Passwords(cheap).hash('old'));
    const rounds = [];
    for (let time = 0; time < 20; time++) {
      const signIn = tryTo('bob', 'old');
      rounds.push(
        passwords.hash('a', '192.0.2.9').catch(() => {}),
        signIn,
      );
      await new Promise(setImmediate);
    }
    await Promise.all(rounds);
    assert.deepEqual(faults, []);
  });

  it('are hashed anew at sign-in where that was done with less', async () => {
    const { store, tryTo } = await someAccounts({ memory: 16 });
    const weak = await new Passwords(cheap).hash('old');
    await store.add('bob', weak);
    assert.equal(await tryTo('bob', 'wrong'), 'wrong-password');
    assert.equal((await store.find('bob'))!.hash, weak);
    const rehashed = new Promise<string>((resolve) => {
      const { rehash } = store;
      store.rehash = async (before, hash) => {
        await rehash.call(store, before, hash);
        resolve(hash);
      };
    });
    assert.equal(await tryTo('bob', 'old'), 'in');
    assert.match(await rehashed, /m=16,/);
    assert.equal((await store.find('bob'))!.hash, await rehashed);
    assert.equal(await tryTo('bob', 'old'), 'in');
  });
});

describe('passwords', () => {
  it('are hashed with argon2id, 19 MiB, 2 passes, 1 lane, by default', async () => {
    const hash = await new Passwords().hash('correct horse');
    assert.match(hash, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
  });

  it('have a salt each', async () => {
    const passwords = new Passwords(cheap);
    assert.notEqual(await passwords.hash('a'), await passwords.hash('a'));
  });

  it('of a name that is not there are compared all the same', async () => {
    const passwords = new Passwords({ atOnce: 1, waiting: 0 });
    assert.equal(await passwords.verify('wrong', undefined), false);
    // How long it takes is not for a test to say; that it takes the only place there is, is.
    const comparing = passwords.verify('wrong', undefined);
    await Promise.resolve();
    await assert.rejects(passwords.hash('another'), { code: 'sign-in-busy' });
    assert.equal(await comparing, false);
    assert.equal(typeof (await passwords.hash('another')), 'string');
  });

  it('are never right for a name that is not there', async () => {
    assert.equal(await new Passwords(cheap).verify('', undefined), false);
  });
});

describe('a ticket that accounts have signed', () => {
  it('lets its owner in again, until their password changes', async () => {
    const { accounts, store, passwords } = await someAccounts();
    const signed = await accounts.sign('alice', 'ticket');
    assert.deepEqual(await accounts.readmit('ALICE', signed), { name: 'Alice' });
    await store.rehash((await store.find('alice'))!, await passwords.hash('correct horse'));
    assert.deepEqual(await accounts.readmit('Alice', signed), { name: 'Alice' });
    await store.change('alice', await passwords.hash('another horse'));
    assert.equal(await accounts.readmit('alice', signed), undefined);
  });

  it('lets in nobody else, and for no other ticket', async () => {
    const { accounts, store, passwords } = await someAccounts();
    await store.add('bob', await passwords.hash('battery staple'));
    const signed = await accounts.sign('alice', 'ticket');
    assert.equal(await accounts.readmit('bob', signed), undefined);
    assert.equal(await accounts.readmit('nobody', signed), undefined);
    const { accounts: elsewhere } = await someAccounts();
    for (const forged of [
      await elsewhere.sign('alice', 'ticket'),
      signed.replace('ticket', 'another'),
      `${signed}x`,
      signed.slice(0, -1),
      'ticket',
      'ticket.',
      '.',
      '',
    ]) {
      assert.equal(await accounts.readmit('alice', forged), undefined, forged);
    }
  });

  it('is as it was where it cannot be signed, which the operator hears', async () => {
    const { accounts, store, faults } = await someAccounts();
    assert.equal(await accounts.sign('nobody', 'ticket'), 'ticket');
    store.secret = () => Promise.reject(new Error('no secret'));
    assert.equal(await accounts.sign('alice', 'ticket'), 'ticket');
    assert.deepEqual(
      faults.map(({ message }) => message),
      ['no secret'],
    );
  });
});
