import type { parseArgs, ParseArgsConfig } from 'node:util';

/** The values that `parseArgs` makes of a group of flags. */
export type Values<Flags extends NonNullable<ParseArgsConfig['options']>> = ReturnType<
  typeof parseArgs<{ options: Flags }>
>['values'];

/** @throws {Error} in words, when it is no whole number of that size */
export function readCount(flag: string, text: string, least = 1, most = 999_999_999): number {
  const count = Number(text);
  if (/^(0|[1-9]\d{0,8})$/.test(text) && count >= least && count <= most) return count;
  throw new Error(`--${flag} must be a number from ${least}, not "${text}"`);
}

/**
 * Seconds, as people write them: `10`, or `0.5`.
 * @returns milliseconds
 * @throws {Error} in words, when it is no such number
 */
export function readSeconds(flag: string, text: string): number {
  // A timer takes no more than 2^31 milliseconds.
  if (/^\d{1,7}(\.\d+)?$/.test(text) && Number(text) < 2_000_000) return Number(text) * 1000;
  throw new Error(`--${flag} must be a number of seconds, not "${text}"`);
}

/** @throws {Error} in words, when it is none */
export function readPort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new Error(`The port must be a number from 0 to 65535, not "${text}"`);
}
