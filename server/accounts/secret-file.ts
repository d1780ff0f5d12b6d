import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { newSecret } from './account-store.js';

/**
 * Reads a secret from a file, which is made where it is not there (mode 0600).
 * @throws {Error} when it can be neither read nor made, or holds too little
 */
export async function secretFile(path: string): Promise<string> {
  const secret = (await read(path)) ?? (await make(path));
  if (secret.length < newSecret().length) throw new Error(`${path} holds no secret: remove it`);
  return secret;
}

const read = (path: string) => readFile(path, 'utf8').catch(unless('ENOENT'));

/** Writes in one step, as other servers may write at the same moment: the first secret counts. */
async function make(path: string): Promise<string> {
  const secret = newSecret();
  const draft = `${path}.${secret.slice(0, 8)}`;
  await writeFile(draft, secret, { flag: 'wx', mode: 0o600 });
  try {
    await link(draft, path).catch(unless('EEXIST'));
  } finally {
    await rm(draft);
  }
  return readFile(path, 'utf8');
}

/** Takes an error of one code for nothing. */
const unless = (code: string) => (error: NodeJS.ErrnoException) => {
  if (error.code !== code) throw error;
  return undefined;
};
