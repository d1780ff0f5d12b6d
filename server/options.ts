import { parseArgs } from 'node:util';

export const usage = `Usage: rtc-widgets-server [options]

Serves the demo pages, the kit and the signaling WebSocket on one port.

  --host HOST       listen on this name or address (HOST; default: localhost)
  --port PORT       listen on this port, 0 for a free one (PORT; default: 9090)
  --web-root DIR    serve this folder instead of the demo pages
  --quiet           write no log to standard error
  --help            show this
`;

/** What the command line and the environment say. Flags go first. */
export interface CommandLine {
  help: boolean;
  quiet: boolean;
  host: string;
  port: number;
  webRoot: string | undefined;
}

/** @throws {Error} in words, when a flag is unknown or a value makes no sense */
export function readCommandLine(args: string[], env: NodeJS.ProcessEnv): CommandLine {
  const { values } = parseArgs({
    args,
    options: {
      host: { type: 'string' },
      port: { type: 'string' },
      'web-root': { type: 'string' },
      quiet: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false, short: 'h' },
    },
  });
  return {
    help: values.help,
    quiet: values.quiet,
    // An empty variable is as good as none.
    host: values.host ?? (env.HOST || 'localhost'),
    port: readPort(values.port ?? (env.PORT || '9090')),
    webRoot: values['web-root'],
  };
}

function readPort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new Error(`The port must be a number from 0 to 65535, not "${text}"`);
}
