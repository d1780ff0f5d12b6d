import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { admissionOptions, admissionUsage, readAdmission } from './accounts/flags.js';
import type { AdmissionSettings } from './accounts/open.js';
import type { HubSettings } from '../src/hub/settings.js';
import { busFlags, busUsage, readBus } from './bus/flags.js';

export const usage = `Usage: rtc-widgets-server [options]
       rtc-widgets-server user …   who has an account (user --help)

Serves the demo pages, the kit and the signaling WebSocket on one port.

  --host HOST       listen on this name or address (HOST; default: localhost)
  --port PORT       listen on this port, 0 for a free one (PORT; default: 9090)
  --web-root DIR    serve this folder instead of the demo pages
  --ice-servers FILE
                    hand out the STUN and TURN servers in this file: a JSON array of
                    RTCIceServer, { "urls", "username", "credential" }
  --sessions-per-name N
                    let a person sign in so many times at once, in tabs or on devices
                    (default: 1)
${busUsage}  --quiet           write no log to standard error
  --help            show this
${admissionUsage}`;

/** What the command line and the environment say. Flags go first. */
export interface CommandLine {
  help: boolean;
  quiet: boolean;
  host: string;
  port: number;
  webRoot: string | undefined;
  bus: string | undefined;
  hub: Partial<HubSettings>;
  admission: AdmissionSettings;
}

/** @throws {Error} in words, when a flag is unknown or a value makes no sense */
export function readCommandLine(args: string[], env: NodeJS.ProcessEnv): CommandLine {
  const { values } = parseArgs({
    args,
    options: {
      host: { type: 'string' },
      port: { type: 'string' },
      'web-root': { type: 'string' },
      'ice-servers': { type: 'string' },
      'sessions-per-name': { type: 'string', default: '1' },
      ...busFlags,
      quiet: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false, short: 'h' },
      ...admissionOptions,
    },
  });
  return {
    help: values.help,
    quiet: values.quiet,
    // An empty variable is as good as none.
    host: values.host ?? (env.HOST || 'localhost'),
    port: readPort(values.port ?? (env.PORT || '9090')),
    webRoot: values['web-root'],
    bus: readBus(values.bus, env),
    hub: {
      iceServers: values['ice-servers'] ? readIceServers(values['ice-servers']) : [],
      sessionsPerName: readCount('sessions-per-name', values['sessions-per-name']),
    },
    admission: readAdmission(values, env),
  };
}

function readIceServers(file: string): RTCIceServer[] {
  let servers: unknown;
  try {
    servers = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`The ICE servers cannot be read: ${(error as Error).message}`, {
      cause: error,
    });
  }
  const fine = (server: Partial<RTCIceServer> | null) =>
    [server?.urls].flat().every((url) => typeof url === 'string' && /^(stun|turn)s?:/.test(url));
  if (Array.isArray(servers) && servers.every(fine)) return servers as RTCIceServer[];
  throw new Error(`${file} must hold a JSON array of RTCIceServer, each with its urls`);
}

function readCount(flag: string, text: string): number {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new Error(`--${flag} must be a number from 1, not "${text}"`);
}

function readPort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new Error(`The port must be a number from 0 to 65535, not "${text}"`);
}
