import { readFileSync } from 'node:fs';

/** Shorter ones can be guessed: 16 bytes. */
const SHORTEST = 16;

/**
 * A secret from a file, where it belongs: a flag can be read by everyone on the machine.
 * @throws {Error} in words, when it cannot be read or is too short
 */
export function readSecret(flag: string, file: string): string {
  const secret = readFile(flag, file).trim();
  if (secret.length >= SHORTEST && !/\s/.test(secret)) return secret;
  throw new Error(`--${flag}: ${file} must hold ${SHORTEST} characters or more, without spaces`);
}

function readFile(flag: string, file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Error(`--${flag}: ${(error as Error).message}`, { cause: error });
  }
}
