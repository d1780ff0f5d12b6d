import { parseArgs } from 'node:util';
import { admissionOptions, admissionUsage, readAdmission } from './accounts/flags.js';
import type { AdmissionSettings } from './accounts/open.js';
import type { HubSettings } from 'rtc-widgets/hub';
import { busFlags, busUsage, readBus } from './bus/flags.js';
import type { LogLevel } from './log.js';
import { accessFlags, accessUsage, readAccess } from './options/access.js';
import { limitFlags, limitUsage, readLimits } from './options/limits.js';
import { listeningFlags, listeningUsage, readListening } from './options/listening.js';
import { loggingFlags, loggingUsage, readLogging } from './options/logging.js';
import { metricsFlags, metricsUsage, readMetrics } from './options/metrics.js';
import { readTurn, turnFlags, turnUsage } from './options/turn.js';
import type { ServerOptions } from './server.js';

export const usage = `Usage: rtc-widgets-server [serve] [options]
       rtc-widgets-server user | cert | turn-config [--help]

Serves the demo pages, the kit and the signaling WebSocket on one port.
${listeningUsage}
Which pages and clients may connect
${accessUsage}
Limits
${limitUsage}
STUN and TURN
${turnUsage}
Logs and figures
${loggingUsage}${metricsUsage}
Several servers
${busUsage}${admissionUsage}
  --help            show this
${admissionUsage}`;

/** The options from the command line and the environment. Flags win over variables. */
export interface CommandLine extends Omit<ServerOptions, 'admission'> {
  help: boolean;
  host: string;
  admission: AdmissionSettings;
  logLevel: LogLevel | undefined;
  drain: number;
  hub: Partial<HubSettings>;
}

/** @throws {Error} in words, when a flag is unknown or a value makes no sense */
export function readCommandLine(args: string[], env: NodeJS.ProcessEnv): CommandLine {
  const { values } = parseArgs({
    args,
    options: {
      ...listeningFlags,
      ...accessFlags,
      ...limitFlags,
      ...turnFlags,
      ...loggingFlags,
      ...metricsFlags,
      ...busFlags,
      help: { type: 'boolean', default: false, short: 'h' },
      ...admissionOptions,
    },
  });
  const { limits, ofHub } = readLimits(values);
  const { iceServers, turn } = readTurn(values);
  return {
    help: values.help,
    ...readListening(values, env),
    ...readAccess(values),
    ...readLogging(values),
    admission: readAdmission(values, env),
    bus: readBus(values.bus, env),
    limits,
    turn,
    metrics: readMetrics(values),
    hub: { ...ofHub, iceServers },
  };
}
