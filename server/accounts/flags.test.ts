import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readAccounts, readAdmission } from './flags.js';

describe('the flags for accounts and tokens', () => {
  it('let anyone in by default', () => {
    const { accounts, tokens } = readAdmission({}, {});
    assert.deepEqual([accounts, tokens], [undefined, undefined]);
    assert.equal(readAccounts({}, { RTC_ACCOUNTS: '' }), undefined);
    assert.equal(readAccounts({ accounts: 'none' }, { RTC_ACCOUNTS: 'file:a' }), undefined);
  });

  it('say where accounts are, flags before the environment', () => {
    const env = { RTC_ACCOUNTS: 'redis://:secret@redis.example.org' };
    assert.equal(readAccounts({}, env), env.RTC_ACCOUNTS);
    for (const where of ['file:/etc/people', 'file:people', 'rediss://redis.example.org:6380/1']) {
      assert.equal(readAccounts({ accounts: where }, env), where);
    }
  });

  it('do not show a password where they make no sense', () => {
    for (const where of [
      '',
      'people',
      'file:',
      'redis:',
      'http://a:secret@b',
      'redis://secret@:x',
    ]) {
      assert.throws(
        () => readAccounts({ accounts: where }, {}),
        (error: Error) =>
          /must be none, file:PATH/.test(error.message) && !/secret/.test(error.message),
        where,
      );
    }
  });

  it('refuse fewer than 1 attempt or hash', () => {
    const values = {
      'attempts-per-name': '3',
      'attempts-per-address': '1000',
      'hashes-at-once': '1',
    };
    const { attempts, passwords } = readAdmission(values, {});
    const { name, address } = attempts!;
    assert.deepEqual([name.free, address.free, passwords!.atOnce], [3, 1000, 1]);
    for (const value of ['0', '-1', 'many', '', '1000000']) {
      assert.throws(() => readAdmission({ 'hashes-at-once': value }, {}), /number from 1/);
    }
  });

  it('take tokens only where issuer, audience and algorithm are named', () => {
    const all = {
      'token-algorithm': 'RS256',
      'token-issuer': 'https://accounts.example.org',
      'token-audience': 'talk',
      'token-jwks': 'https://accounts.example.org/keys',
    };
    assert.deepEqual(readAdmission(all, {}).tokens, {
      algorithm: 'RS256',
      issuer: 'https://accounts.example.org',
      audience: 'talk',
      jwks: 'https://accounts.example.org/keys',
      secret: undefined,
      nameClaim: 'preferred_username',
      leeway: 5,
    });
    for (const flag of ['token-algorithm', 'token-issuer', 'token-audience'] as const) {
      assert.throws(() => readAdmission({ ...all, [flag]: undefined }, {}), new RegExp(flag));
    }
    for (const algorithm of ['none', 'rs256', 'HS512']) {
      const values = { ...all, 'token-algorithm': algorithm };
      assert.throws(() => readAdmission(values, {}), /must be one of/);
    }
  });
});
