import { logLines } from '../log.js';
import { readCommandLine, usage } from '../options.js';
import { createServer } from '../server.js';

/** Serves pages and signaling until it is told to end. */
export async function serve(args: string[]): Promise<void> {
  const { help, quiet, ...where } = readCommandLine(args, process.env);
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
