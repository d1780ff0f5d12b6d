import { openAdmission } from '../accounts/open.js';
import { isLocal } from '../listen.js';
import { logLines } from '../log.js';
import { readCommandLine, usage } from '../options.js';
import { createServer } from '../server.js';

/** Serves pages and signaling until it is told to end. */
export async function serve(args: string[]): Promise<void> {
  const { help, logLevel, drain, admission: who, ...options } = readCommandLine(args, process.env);
  if (help) {
    process.stdout.write(usage);
    return;
  }
  const observer = logLevel && logLines(logLevel);
  const onError = (error: Error) => observer?.({ type: 'fault', error });
  if (!who.accounts && !who.tokens && !isLocal(options.host)) {
    const message = `Anyone who reaches ${options.host} may sign in, under any name: see --accounts.`;
    process.stderr.write(`${message}\n`);
    observer?.({ type: 'warning', message });
  }
  const admission = await openAdmission(who, { onError });
  try {
    const server = await createServer({ ...options, observer, admission });
    // Nothing is left then, so the process ends by itself.
    const end = () => void server.close().then(() => admission.close());
    process.on('SIGINT', end);
    let draining = false;
    process.on('SIGTERM', () => {
      if (draining) return end();
      draining = true;
      void server.drain(drain).then(() => admission.close());
    });
    process.on('SIGHUP', () => server.reload());
    process.stdout.write(`${server.url}\n`);
  } catch (error) {
    await admission.close();
    throw error;
  }
}
