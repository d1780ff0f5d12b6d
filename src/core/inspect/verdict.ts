import type { Found, Loopback } from './connectivity.js';
import { needed, type Support } from './support.js';

/** The conclusions of the checks, as keys of their words, the gravest first. */
export type Verdict =
  | 'verdict-browser'
  | 'verdict-servers'
  | 'verdict-blocked'
  | 'verdict-devices'
  | 'verdict-media'
  | 'verdict-relay'
  | 'verdict-refused'
  | 'verdict-stun'
  | 'verdict-no-relay'
  | 'verdict-good';

/** The results of the checks before a call. */
export interface Findings {
  support: Support;
  found?: Found;
  loopback?: Loopback;
  /** A camera or microphone could not be had. */
  refused: boolean;
  /** The page’s list of STUN and TURN servers is none. */
  badServers?: boolean;
}

/** Concludes what the findings mean for a call from here; lists all that applies. */
export function verdicts(findings: Findings): Verdict[] {
  const { support, found, loopback, refused, badServers } = findings;
  if (!needed.every((feature) => support[feature])) return ['verdict-browser'];
  if (badServers) return ['verdict-servers'];
  if (!loopback?.connected || !loopback.data) return ['verdict-blocked'];
  const all: [boolean, Verdict][] = [
    [refused, 'verdict-devices'],
    [loopback.sound === false || loopback.picture === false, 'verdict-media'],
    [found?.relay === 'missing', 'verdict-relay'],
    [found?.relay === 'refused', 'verdict-refused'],
    [found?.srflx === 'missing' && found.relay !== 'found', 'verdict-stun'],
    [found?.relay === 'unasked', 'verdict-no-relay'],
  ];
  const said = all.filter(([so]) => so).map(([, verdict]) => verdict);
  return said.length ? said : ['verdict-good'];
}

/** How grave it is: nothing works, something may not, or all does. */
export function gravity(all: readonly Verdict[]): 'bad' | 'fair' | 'good' {
  if (all.some((one) => /browser|servers|blocked|media/.test(one))) return 'bad';
  return all.every((one) => /good|no-relay/.test(one)) ? 'good' : 'fair';
}
