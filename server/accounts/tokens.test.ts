import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type CryptoKey } from 'jose';
import { Refusal } from 'rtc-widgets/hub';
import { Tokens, type TokenSettings } from './tokens.js';

const issuer = 'https://accounts.example.org';
const now = Date.parse('2026-01-01T00:00:00Z');
const secret = 'a secret of thirty-two bytes, or so';

const folder = mkdtempSync(join(tmpdir(), 'rtc-widgets-tokens-'));
after(() => rmSync(folder, { recursive: true }));
const file = (name: string, content: string) => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

const settings: TokenSettings = {
  algorithm: 'HS256',
  secret: file('secret', `${secret}\n`),
  issuer,
  audience: 'talk',
  nameClaim: 'preferred_username',
  leeway: 5,
};
const open = (differently: Partial<TokenSettings> = {}) =>
  Tokens.open({ ...settings, ...differently }, () => now);

const claims = { iss: issuer, aud: 'talk', preferred_username: 'Alice', exp: now / 1000 + 60 };
const sign = (
  payload: object,
  key: Uint8Array | CryptoKey = new TextEncoder().encode(secret),
  header: { alg: string; kid?: string } = { alg: 'HS256' },
) => new SignJWT({ ...payload }).setProtectedHeader(header).sign(key);

/** The code of the refusal, `in` where there is none. */
async function outcome(tokens: Tokens, token: string): Promise<string> {
  try {
    await tokens.admit(token);
    return 'in';
  } catch (error) {
    assert.ok(error instanceof Refusal, String(error));
    return error.code;
  }
}

describe('a token', () => {
  it('lets in the person it names, until it ends and the leeway is over', async () => {
    const tokens = await open();
    const until = now + 65_000;
    assert.deepEqual(await tokens.admit(await sign(claims)), { name: 'Alice', until });
  });

  it('is for this server, of its issuer, in time and whole', async () => {
    const tokens = await open();
    const seconds = now / 1000;
    const cases: [object, string][] = [
      [{}, 'in'],
      [{ iss: 'https://other.example.org' }, 'token-invalid'],
      [{ iss: undefined }, 'token-invalid'],
      [{ aud: 'other' }, 'token-invalid'],
      [{ aud: undefined }, 'token-invalid'],
      [{ aud: ['talk'] }, 'in'],
      [{ aud: ['talk', 'other'] }, 'token-invalid'],
      [{ aud: ['talk', 'other'], azp: 'other' }, 'token-invalid'],
      [{ aud: ['talk', 'other'], azp: 'talk' }, 'in'],
      [{ exp: undefined }, 'token-invalid'],
      [{ exp: 'never' }, 'token-invalid'],
      [{ exp: seconds - 4 }, 'in'],
      [{ exp: seconds - 5 }, 'token-expired'],
      [{ nbf: seconds + 5 }, 'in'],
      [{ nbf: seconds + 6 }, 'token-invalid'],
      [{ preferred_username: undefined }, 'token-invalid'],
      [{ preferred_username: 7 }, 'token-invalid'],
      [{ preferred_username: 'a\u202eb' }, 'token-invalid'],
    ];
    for (const [differently, expected] of cases) {
      const token = await sign({ ...claims, ...differently });
      assert.equal(await outcome(tokens, token), expected, JSON.stringify(differently));
    }
  });

  it('is refused when it is none, changed, or signed by somebody else', async () => {
    const tokens = await open();
    const token = await sign(claims);
    const [header, , signature] = token.split('.');
    const [, other] = (await sign({ ...claims, preferred_username: 'Bob' })).split('.');
    const stranger = await sign(claims, new TextEncoder().encode('x'.repeat(32)));
    for (const bad of ['', 'a.b.c', `${header}.${other}.${signature}`, stranger, `${token}x`]) {
      assert.equal(await outcome(tokens, bad), 'token-invalid', bad);
    }
  });

  it('is verified with the configured algorithm only', async () => {
    const tokens = await open();
    assert.equal(await outcome(tokens, new UnsecuredJWT(claims).encode()), 'token-invalid');
    const longer = await sign(claims, undefined, { alg: 'HS512' });
    assert.equal(await outcome(tokens, longer), 'token-invalid');
    // The public key of another algorithm, used as a secret.
    const { publicKey } = await generateKeyPair('RS256', { extractable: true });
    const jwk = { ...(await exportJWK(publicKey)), kid: '1' };
    const path = file('confused', JSON.stringify({ keys: [jwk] }));
    const pinned = await open({ algorithm: 'RS256', secret: undefined, jwks: path });
    const confused = new TextEncoder().encode(JSON.stringify(jwk));
    const forged = await sign(claims, confused, { alg: 'HS256', kid: '1' });
    assert.equal(await outcome(pinned, forged), 'token-invalid');
  });

  it('has the name where the server is told to look', async () => {
    const tokens = await open({ nameClaim: 'email' });
    const named = { ...claims, email: 'alice@example.org' };
    assert.equal(await outcome(tokens, await sign(named)), 'token-invalid');
    const verified = await sign({ ...named, email_verified: true });
    assert.equal((await tokens.admit(verified)).name, 'alice@example.org');
  });

  it('has its public key in a file or at a URL', async (t) => {
    for (const algorithm of ['RS256', 'ES256', 'EdDSA'] as const) {
      const { publicKey, privateKey } = await generateKeyPair(algorithm, { extractable: true });
      const keys = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: '1' }] });
      const server = createServer((_, response) => response.end(keys)).listen(0, '127.0.0.1');
      await once(server, 'listening');
      t.after(() => {
        server.close();
        server.closeAllConnections();
      });
      const url = `http://localhost:${(server.address() as AddressInfo).port}/`;
      const token = await sign(claims, privateKey, { alg: algorithm, kid: '1' });
      const stranger = await generateKeyPair(algorithm);
      const forged = await sign(claims, stranger.privateKey, { alg: algorithm, kid: '1' });
      for (const jwks of [file(algorithm, keys), url]) {
        const tokens = await open({ algorithm, secret: undefined, jwks });
        assert.equal(await outcome(tokens, token), 'in', `${algorithm} ${jwks}`);
        assert.equal(await outcome(tokens, forged), 'token-invalid', `${algorithm} ${jwks}`);
      }
    }
  });

  it('is not called bad when the keys cannot be fetched', async () => {
    const jwks = 'http://127.0.0.1:1/';
    const tokens = await open({ algorithm: 'ES256', secret: undefined, jwks });
    const { privateKey } = await generateKeyPair('ES256');
    const token = await sign(claims, privateKey, { alg: 'ES256', kid: '1' });
    await assert.rejects(tokens.admit(token), (error) => !(error instanceof Refusal));
  });
});

describe('the keys of tokens', () => {
  let short: string;
  before(() => {
    short = file('short', 'x'.repeat(31));
  });

  it('are refused where they are weak, public or missing', async () => {
    const cases: [Partial<TokenSettings>, RegExp][] = [
      [{ secret: short }, /at least 32 bytes/],
      [{ secret: undefined }, /HS256 needs --token-secret/],
      [{ jwks: 'https://example.org' }, /no --token-jwks/],
      [{ algorithm: 'RS256' }, /RS256 needs --token-jwks/],
      [{ algorithm: 'RS256', secret: undefined }, /RS256 needs --token-jwks/],
      [
        { algorithm: 'RS256', secret: undefined, jwks: 'http://keys.example.org/' },
        /https: URL, or a file/,
      ],
      [{ algorithm: 'RS256', secret: undefined, jwks: join(folder, 'none') }, /ENOENT/],
    ];
    for (const [differently, words] of cases) await assert.rejects(open(differently), words);
  });
});
