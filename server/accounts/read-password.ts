import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { MAX_PASSWORD_LENGTH } from 'rtc-widgets/protocol';

/** Shorter ones are guessed (NIST SP 800-63B, section 5.1.1.2). */
const SHORTEST = 8;

/**
 * Reads a new password: typed twice without echo where somebody sits at the terminal, otherwise
 * one line from standard input.
 * @throws {Error} in words, when it is too short or too long, or the two are not the same
 */
export async function readPassword(): Promise<string> {
  const typed = process.stdin.isTTY;
  const password = await readLine(typed ? 'Password: ' : '');
  if ([...password].length < SHORTEST || password.length > MAX_PASSWORD_LENGTH) {
    throw new Error(`A password has ${SHORTEST} to ${MAX_PASSWORD_LENGTH} characters`);
  }
  if (typed && (await readLine('The same again: ')) !== password) {
    throw new Error('The two are not the same');
  }
  return password;
}

async function readLine(prompt: string): Promise<string> {
  // The terminal would echo the password: its output goes nowhere.
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({
    input: process.stdin,
    output: nowhere,
    terminal: !!prompt,
  });
  // Only now does the terminal show nothing of what is typed.
  process.stderr.write(prompt);
  lines.on('SIGINT', () => lines.close());
  const line = await Promise.race([
    once(lines, 'line').then(([text]) => text as string),
    once(lines, 'close').then(() => undefined),
  ]);
  lines.close();
  if (prompt) process.stderr.write('\n');
  if (line === undefined) throw new Error('No password');
  return line;
}
