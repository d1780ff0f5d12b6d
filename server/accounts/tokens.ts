import { readFile } from 'node:fs/promises';
import {
  createLocalJWKSet,
  createRemoteJWKSet,
  errors,
  jwtVerify,
  type JSONWebKeySet,
  type JWTPayload,
  type JWTVerifyGetKey,
} from 'jose';
import { type Admitted, Refusal } from 'rtc-widgets/hub';
import { cleanName } from 'rtc-widgets/protocol';

export const tokenAlgorithms = ['HS256', 'RS256', 'ES256', 'EdDSA'] as const;

/** Which tokens are taken. */
export interface TokenSettings {
  /** The only algorithm accepted, whatever a token says of itself (RFC 8725, section 3.1). */
  algorithm: (typeof tokenAlgorithms)[number];
  /** File with the secret of HS256: at least 32 bytes (RFC 7518, section 3.2). */
  secret?: string | undefined;
  /** Where the public keys are (RFC 7517): an `https:` URL, or a file. */
  jwks?: string | undefined;
  /** The required issuer (`iss`) of the token; below, its audience (`aud`). */
  issuer: string;
  audience: string;
  /** The claim that has the name. */
  nameClaim: string;
  /** By how many seconds the clocks of issuer and server may differ. */
  leeway: number;
}

export const defaultTokenSettings = { nameClaim: 'preferred_username', leeway: 5 };

/** Lets in who shows a JWT of the site's own accounts, or an OpenID Connect ID token. */
export class Tokens {
  readonly #settings: TokenSettings;
  readonly #key: JWTVerifyGetKey;
  readonly #date: () => number;

  /** @throws {Error} in words, when the secret or the keys cannot be had or used */
  static async open(settings: TokenSettings, date: () => number = Date.now): Promise<Tokens> {
    return new Tokens(settings, await keyOf(settings), date);
  }

  private constructor(settings: TokenSettings, key: JWTVerifyGetKey, date: () => number) {
    this.#settings = settings;
    this.#key = key;
    this.#date = date;
  }

  /**
   * Lets somebody in by token.
   * @throws {Refusal} `token-expired`, or `token-invalid` with what is wrong
   */
  async admit(token: string): Promise<Admitted> {
    const { issuer, audience, algorithm, leeway } = this.#settings;
    let payload: JWTPayload;
    try {
      ({ payload } = await jwtVerify(token, this.#key, {
        issuer,
        audience,
        algorithms: algorithm === 'EdDSA' ? ['EdDSA', 'Ed25519'] : [algorithm],
        requiredClaims: ['exp'],
        clockTolerance: leeway,
        currentDate: new Date(this.#date()),
      }));
    } catch (error) {
      if (error instanceof errors.JWTExpired) {
        throw new Refusal('token-expired', 'The token has expired');
      }
      // The keys could not be fetched: the token may be fine.
      if (!(error instanceof errors.JOSEError) || error instanceof errors.JWKSTimeout) throw error;
      throw new Refusal('token-invalid', `This token does not let in here: ${error.message}`);
    }
    return { name: this.#nameIn(payload), until: (payload.exp! + leeway) * 1000 };
  }

  #nameIn(payload: JWTPayload): string {
    const { audience, nameClaim } = this.#settings;
    // Made for several, it may be another's to use (OpenID Connect Core, section 3.1.3.7).
    const shared = Array.isArray(payload.aud) && payload.aud.length > 1;
    if (shared && payload.azp !== audience) {
      throw new Refusal('token-invalid', 'This token is for another audience, too');
    }
    if (nameClaim === 'email' && payload.email_verified !== true) {
      throw new Refusal('token-invalid', 'The address in this token is not verified');
    }
    const name = cleanName(payload[nameClaim]);
    if (!name) throw new Refusal('token-invalid', `This token has no name (${nameClaim})`);
    return name;
  }
}

async function keyOf({ algorithm, secret, jwks }: TokenSettings): Promise<JWTVerifyGetKey> {
  if (algorithm === 'HS256') {
    if (!secret || jwks) throw new Error('HS256 needs --token-secret, and no --token-jwks');
    const key = trimmed(await readFile(secret));
    if (key.length < 32) throw new Error(`${secret} must hold a secret of at least 32 bytes`);
    return async () => key;
  }
  if (!jwks || secret) throw new Error(`${algorithm} needs --token-jwks, and no --token-secret`);
  if (/^https?:/.test(jwks)) return createRemoteJWKSet(keysUrl(jwks));
  return createLocalJWKSet(JSON.parse(await readFile(jwks, 'utf8')) as JSONWebKeySet);
}

/** Editors end a file with a line break, which is no part of a secret. */
function trimmed(secret: Buffer): Uint8Array {
  let { length } = secret;
  while (length && (secret[length - 1] === 0x0a || secret[length - 1] === 0x0d)) length--;
  return new Uint8Array(secret.subarray(0, length));
}

/** Keys that travel in clear could be anyone's: only from this machine. */
function keysUrl(text: string): URL {
  const url = new URL(text);
  const here = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (url.protocol === 'https:' || here) return url;
  throw new Error('--token-jwks must be an https: URL, or a file');
}
