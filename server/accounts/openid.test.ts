import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decodeJwt } from 'jose';
import { OpenIdProvider } from '../../test/helpers/openid-provider.js';
import { WsClient } from '../../test/helpers/ws-client.js';
import { createServer, openAdmission } from '../index.js';
import { defaultTokenSettings } from './tokens.js';

const onError = (error: Error) => {
  throw error;
};

/** A server that takes the ID tokens of a provider, of so many seconds. */
async function serverFor(t: { after: (done: () => unknown) => void }, lifetime: number) {
  const provider = await OpenIdProvider.start(lifetime);
  t.after(() => provider.close());
  const { issuer, audience } = provider;
  const jwks = await provider.jwks();
  const tokens = { ...defaultTokenSettings, algorithm: 'RS256', jwks, issuer, audience } as const;
  const admission = await openAdmission({ tokens: { ...tokens, leeway: 0 } }, { onError });
  const server = await createServer({ host: '127.0.0.1', port: 0, admission });
  t.after(() => server.close());
  return { provider, server };
}

const hello = { version: 1 };

describe('an ID token of an OpenID provider', () => {
  it('lets in the person it names, and nobody without a token', async (t) => {
    const { provider, server } = await serverFor(t, 600);
    const token = await provider.idToken('Alice');
    const alice = await WsClient.connect(server.url);
    const { success, name } = await alice.ask({ type: 'login', name: '', hello, token });
    assert.deepEqual([success, name], [true, 'Alice']);
    const mallory = await WsClient.connect(server.url);
    const refusal = await mallory.ask({ type: 'login', name: 'Bob', hello });
    assert.deepEqual([refusal.success, refusal.code], [false, 'token-needed']);
    const [head, body] = token.split('.');
    const forged = { type: 'login', name: '', hello, token: `${head}.${body}.AAAA` };
    assert.equal((await mallory.ask(forged)).code, 'token-invalid');
  });

  it('ends the session with it, unless a fresh token comes', async (t) => {
    const { provider, server } = await serverFor(t, 8);
    const [alice, bob] = [await WsClient.connect(server.url), await WsClient.connect(server.url)];
    let first = '';
    for (const [client, person] of [
      [alice, 'Alice'],
      [bob, 'Bob'],
    ] as const) {
      const token = await provider.idToken(person);
      first ||= token;
      assert.equal((await client.ask({ type: 'login', name: '', hello, token })).success, true);
      const { type, seconds } = await client.next();
      assert.deepEqual([type, (seconds as number) <= 8], ['token-expiring', true]);
    }
    // Ends are whole seconds: retry until the new end is later than the first.
    let fresh = '';
    while (!fresh || decodeJwt(fresh).exp! <= decodeJwt(first).exp!) {
      fresh = await provider.idToken('Alice');
    }
    assert.deepEqual(await alice.ask({ type: 'token', token: fresh }), {
      type: 'token',
      success: true,
    });
    assert.equal(await bob.closed, 4002);
    assert.equal((await alice.next()).type, 'token-expiring');
    assert.deepEqual(await alice.ask({ type: 'beat' }), { type: 'beat' });
    assert.equal(await alice.closed, 4002);
    const again = await WsClient.connect(server.url);
    const late = await again.ask({ type: 'login', name: '', hello, token: fresh });
    assert.equal(late.code, 'token-expired');
  });
});
