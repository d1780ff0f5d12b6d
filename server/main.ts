#!/usr/bin/env node
import { logLines } from './log.js';
import { readCommandLine, usage } from './options.js';
import { createServer } from './server.js';
import { whyNot } from './why-not.js';

try {
  await main();
} catch (error) {
  process.stderr.write(`${whyNot(error)}\n`);
  process.exitCode = 1;
}

async function main(): Promise<void> {
  const { help, quiet, ...where } = readCommandLine(process.argv.slice(2), process.env);
  if (help) {
    process.stdout.write(usage);
    return;
  }
  const observer = quiet ? undefined : logLines((line) => process.stderr.write(line));
  const server = await createServer({ ...where, observer });
  // Nothing is left then, so the process ends by itself.
  const stop = () => void server.close();
  process.on('SIGINT', stop).on('SIGTERM', stop);
  process.stdout.write(`${server.url}\n`);
}
