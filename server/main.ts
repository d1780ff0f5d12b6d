#!/usr/bin/env node
import { commands, type Command } from './commands/index.js';
import { startupError } from './startup-errors.js';

const [word = '', ...rest] = process.argv.slice(2);
const named = commands.get(word);

try {
  // Without a word it serves: `rtc-widgets-server --port 8080`.
  await (named ? run(named, rest) : run(commands.get('serve')!, process.argv.slice(2)));
} catch (error) {
  process.stderr.write(`${startupError(error)}\n`);
  process.exitCode = 1;
}

async function run(load: () => Promise<Command>, args: string[]): Promise<void> {
  const command = await load();
  await command(args);
}
