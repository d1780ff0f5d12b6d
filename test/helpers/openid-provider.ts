import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair } from 'jose';
import Provider from 'oidc-provider';
import { randomId } from '../../src/protocol/ids.js';

const redirect = 'https://page.example.org/signed-in';
const verifier = randomId() + randomId();
const challenge = createHash('sha256').update(verifier).digest('base64url');

/** An OpenID provider, and somebody who signs in there as a browser would. */
export class OpenIdProvider {
  readonly issuer: string;
  readonly audience = 'talk';
  readonly #close: () => void;

  /** @param lifetime of its ID tokens, in seconds */
  static async start(lifetime: number): Promise<OpenIdProvider> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { privateKey } = await generateKeyPair('RS256', { extractable: true });
    const key = { ...(await exportJWK(privateKey)), alg: 'RS256', use: 'sig' };
    const provider = new Provider(issuer, {
      jwks: { keys: [key] },
      clients: [
        {
          client_id: 'talk',
          redirect_uris: [redirect],
          token_endpoint_auth_method: 'none',
          response_types: ['code'],
          grant_types: ['authorization_code'],
        },
      ],
      cookies: { keys: [randomId()] },
      ttl: { IdToken: lifetime, AccessToken: 60, Grant: 60, Interaction: 60, Session: 60 },
      conformIdTokenClaims: false,
      claims: { openid: ['sub'], profile: ['preferred_username'] },
      findAccount: (_, id) => ({
        accountId: id,
        claims: () => ({ sub: id, preferred_username: id }),
      }),
    });
    server.on('request', (request, response) => void provider.callback()(request, response));
    return new OpenIdProvider(issuer, () => {
      server.close();
      server.closeAllConnections();
    });
  }

  private constructor(issuer: string, close: () => void) {
    this.issuer = issuer;
    this.#close = close;
  }

  close(): void {
    this.#close();
  }

  /** Where its keys are, as it says itself (OpenID Connect Discovery, section 4). */
  async jwks(): Promise<string> {
    const response = await fetch(`${this.issuer}/.well-known/openid-configuration`);
    return ((await response.json()) as { jwks_uri: string }).jwks_uri;
  }

  /** Signs somebody in: an authorization code with PKCE, then the ID token for it. */
  async idToken(person: string): Promise<string> {
    const query = new URLSearchParams({
      client_id: 'talk',
      response_type: 'code',
      scope: 'openid profile',
      redirect_uri: redirect,
      code_challenge: challenge,
      code_challenge_method: 'S256',
    });
    const browser = new Browser();
    let at = await browser.go(`${this.issuer}/auth?${query.toString()}`);
    const login: Record<string, string> = { prompt: 'login', login: person, password: 'any' };
    for (const form of [login, { prompt: 'consent' }]) {
      at = await browser.go(at, new URLSearchParams(form));
    }
    const code = new URL(at).searchParams.get('code')!;
    const response = await fetch(`${this.issuer}/token`, {
      method: 'POST',
      body: new URLSearchParams({
        client_id: 'talk',
        grant_type: 'authorization_code',
        code,
        redirect_uri: redirect,
        code_verifier: verifier,
      }),
    });
    return ((await response.json()) as { id_token: string }).id_token;
  }
}

/** Follows redirects and keeps cookies. */
class Browser {
  readonly #cookies = new Map<string, string>();

  /** @returns where it ends up: a page of the provider, or outside */
  async go(url: string, form?: URLSearchParams): Promise<string> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie },
      ...(form && { method: 'POST', body: form }),
    });
    for (const set of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(set)!;
      this.#cookies.set(name!, value!);
    }
    if (response.status >= 400) throw new Error(`${url}: ${await response.text()}`);
    const next = response.headers.get('location');
    if (!next) return url;
    const to = new URL(next, url).href;
    return to.startsWith(redirect) ? to : this.go(to);
  }
}
