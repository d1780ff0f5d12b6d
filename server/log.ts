import { pino, stdTimeFunctions, type DestinationStream } from 'pino';
import type { ServerEvent, ServerObserver } from './events.js';

/** The gravest first. */
export const logLevels = ['error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof logLevels)[number];

/** How grave an event is; `info` where this does not say. */
const levels: Partial<Record<ServerEvent['type'], LogLevel>> = {
  fault: 'error',
  'limit-exceeded': 'warn',
  'turned-away': 'warn',
  'certificate-refused': 'warn',
  'bus-delay': 'debug',
};

/**
 * An observer that writes a line of JSON for everything that happens. The events hold no password,
 * token, description, address or text of anyone.
 * @param destination what the lines are written to; standard error where it is not given, without
 * waiting for whoever reads it
 */
export function logLines(
  level: LogLevel = 'info',
  destination: DestinationStream = pino.destination({ dest: 2, sync: false }),
): ServerObserver {
  const logger = pino(
    {
      level,
      // The log collector knows which process it was.
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    destination,
  );
  return (event) => logger[levels[event.type] ?? 'info'](fields(event));
}

/** An error has no fields of its own that JSON would show. */
function fields(event: ServerEvent): object {
  if (event.type !== 'fault') return event;
  const { error } = event;
  return { ...event, error: error instanceof Error ? error.stack : String(error) };
}
