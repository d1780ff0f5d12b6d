import { createHmac } from 'node:crypto';
import type { Relays } from 'rtc-widgets/hub';

/** TURN servers, and the secret that they share with this one. */
export interface TurnOptions {
  /** `turn:` and `turns:` URLs (RFC 7065). */
  urls: string[];
  /** coturn's `static-auth-secret`. */
  secret: string;
  /** How long a credential counts, in milliseconds. Default: 10 minutes. */
  lifetime?: number;
}

/**
 * Credentials for TURN servers that end by themselves (draft-uberti-behave-turn-rest-00, section
 * 2.2): the user name is the second of its end and who it is for, the password an HMAC of that.
 * Whom it is for is said by a keyed hash of the name: user names travel unencrypted, coturn refuses
 * some names as they are, and it counts what a person uses by this.
 * @param now milliseconds since 1970
 */
export function turnRelays(
  { urls, secret, lifetime = 600_000 }: TurnOptions,
  now: () => number = Date.now,
): Relays {
  const hmac = (hash: string, text: string) => createHmac(hash, secret).update(text);
  return {
    lifetime,
    credentials(key) {
      const end = Math.floor((now() + lifetime) / 1000);
      const person = hmac('sha256', key).digest('hex').slice(0, 32);
      const username = `${end}:${person}`;
      return [{ urls, username, credential: hmac('sha1', username).digest('base64') }];
    },
  };
}
