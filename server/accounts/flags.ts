import type { ParseArgsConfig } from 'node:util';
import { readCount } from '../options/values.js';
import { defaultAttemptRules } from './attempts.js';
import type { AdmissionSettings } from './open.js';
import { defaultPasswordSettings } from './passwords.js';
import { defaultTokenSettings, tokenAlgorithms, type TokenSettings } from './tokens.js';

type Options = NonNullable<ParseArgsConfig['options']>;

/** The largest number that any of these may be. */
const MOST = 999_999;

/** Where accounts are, for every command that needs them. */
export const accountsOption = { accounts: { type: 'string' } } satisfies Options;

/** Flags that say who gets in. */
export const admissionOptions = {
  ...accountsOption,
  'attempts-per-name': { type: 'string' },
  'attempts-per-address': { type: 'string' },
  'hashes-at-once': { type: 'string' },
  'token-algorithm': { type: 'string' },
  'token-secret': { type: 'string' },
  'token-jwks': { type: 'string' },
  'token-issuer': { type: 'string' },
  'token-audience': { type: 'string' },
  'token-name-claim': { type: 'string' },
  'token-leeway': { type: 'string' },
} satisfies Options;

type Values = Partial<Record<keyof typeof admissionOptions, string>>;

export const admissionUsage = `
Who gets in. By default anyone does, by name:

  --accounts WHERE  who has an account, with its password: file:PATH or redis://…
                    (RTC_ACCOUNTS, which other users of this machine do not see;
                    default: none). See: rtc-widgets-server user
  --attempts-per-name N, --attempts-per-address N
                    wrong passwords for a name, or from an address, before one has
                    to wait (default: ${defaultAttemptRules.name.free}, ${defaultAttemptRules.address.free})
  --hashes-at-once N
                    passwords compared at the same time (default: ${defaultPasswordSettings.atOnce} here)
  --token-algorithm ${tokenAlgorithms.join('|')}
                    who has a token of your own accounts (JWT) or an OpenID Connect
                    ID token, made by this algorithm
  --token-secret FILE
                    the secret of HS256, 32 bytes or more
  --token-jwks URL|FILE
                    the public keys of the other algorithms
  --token-issuer ISS, --token-audience AUD
                    who must have made a token, and for whom
  --token-name-claim CLAIM
                    the claim that has the name (default: ${defaultTokenSettings.nameClaim})
  --token-leeway SECONDS
                    by how much clocks may differ (default: ${defaultTokenSettings.leeway})
`;

/** Where the accounts are, if anywhere. @throws {Error} in words, without the value */
export function readAccounts({ accounts }: Values, env: NodeJS.ProcessEnv): string | undefined {
  // An empty variable is as good as none.
  const where = accounts ?? (env.RTC_ACCOUNTS || 'none');
  if (where === 'none') return undefined;
  if (/^file:.|^rediss?:\/\/./.test(where) && (where.startsWith('file:') || URL.canParse(where))) {
    return where;
  }
  throw new Error('--accounts must be none, file:PATH or redis://HOST');
}

/** @throws {Error} with words, if a value is invalid or missing */
export function readAdmission(values: Values, env: NodeJS.ProcessEnv): AdmissionSettings {
  const count = (flag: keyof Values, before: number) =>
    readCount(flag, values[flag] ?? `${before}`, 1, MOST);
  const { name, address } = defaultAttemptRules;
  return {
    accounts: readAccounts(values, env),
    passwords: { atOnce: count('hashes-at-once', defaultPasswordSettings.atOnce) },
    attempts: {
      name: { ...name, free: count('attempts-per-name', name.free) },
      address: { ...address, free: count('attempts-per-address', address.free) },
    },
    tokens: readTokens(values),
  };
}

function readTokens(values: Values): TokenSettings | undefined {
  const given = Object.entries(values).find(([flag, value]) => value && flag.startsWith('token-'));
  if (!given) return undefined;
  const needed = (flag: keyof Values): string => {
    const value = values[flag];
    if (!value) throw new Error(`--${given[0]} needs --${flag}, too`);
    return value;
  };
  const text = needed('token-algorithm');
  const algorithm = tokenAlgorithms.find((known) => known === text);
  if (!algorithm) throw new Error(`--token-algorithm must be one of ${tokenAlgorithms.join(', ')}`);
  return {
    algorithm,
    secret: values['token-secret'],
    jwks: values['token-jwks'],
    issuer: needed('token-issuer'),
    audience: needed('token-audience'),
    nameClaim: values['token-name-claim'] || defaultTokenSettings.nameClaim,
    leeway: readCount(
      'token-leeway',
      values['token-leeway'] ?? `${defaultTokenSettings.leeway}`,
      0,
      MOST,
    ),
  };
}
