import { openAdmission } from '../accounts/open.js';
import { logLines } from '../log.js';
import { readCommandLine, usage } from '../options.js';
import { createServer } from '../server.js';

/** Who is on this machine, and nobody else, reaches these. */
const isLocal = (host: string) => /^(localhost|127(\.\d+){3}|::1)$/.test(host);

/** Serves pages and signaling until it is told to end. */
export async function serve(args: string[]): Promise<void> {
  const { help, quiet, admission: settings, ...where } = readCommandLine(args, process.env);
  if (help) {
    process.stdout.write(usage);
    return;
  }
  const observer = quiet ? undefined : logLines((line) => process.stderr.write(line));
  const onError = (error: Error) => observer?.({ type: 'fault', error });
  if (!settings.accounts && !settings.tokens && !isLocal(where.host)) {
    const message = `Anyone who reaches ${where.host} may sign in, under any name: see --accounts.`;
    process.stderr.write(`${message}\n`);
    observer?.({ type: 'warning', message });
  }
  const admission = await openAdmission(settings, { onError });
  try {
    const server = await createServer({ ...where, observer, admission });
    // Nothing is left then, so the process ends by itself.
    const stop = () => void server.close().then(() => admission.close());
    process.on('SIGINT', stop).on('SIGTERM', stop);
    process.stdout.write(`${server.url}\n`);
  } catch (error) {
    await admission.close();
    throw error;
  }
}
