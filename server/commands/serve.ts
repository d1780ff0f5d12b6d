import { logLines } from '../log.js';
import { readCommandLine, usage } from '../options.js';
import { createServer } from '../server.js';

/** Serves pages and signaling until it is told to end. */
export async function serve(args: string[]): Promise<void> {
  const { help, logLevel, drain, ...options } = readCommandLine(args, process.env);
  if (help) {
    process.stdout.write(usage);
    return;
  }
  const observer = logLevel && logLines(logLevel);
  const server = await createServer({ ...options, observer });
  // Nothing is left then, so the process ends by itself.
  const end = () => void server.close();
  process.on('SIGINT', end);
  process.once('SIGTERM', () => {
    void server.drain(drain);
    process.on('SIGTERM', end);
  });
  process.on('SIGHUP', () => server.reload());
  process.stdout.write(`${server.url}\n`);
}
