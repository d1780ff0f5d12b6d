import { logLevels, type LogLevel } from '../log.js';
import type { Values } from './values.js';

export const loggingFlags = {
  'log-level': { type: 'string', default: 'info' },
  quiet: { type: 'boolean', default: false },
} as const;

export const loggingUsage = `
  --log-level LEVEL write ${logLevels.join(', ')}: this and what is graver, as
                    lines of JSON, to standard error (default: info)
  --quiet           write no log
`;

/** @returns what is logged, undefined for nothing */
export function readLogging(values: Values<typeof loggingFlags>): {
  logLevel: LogLevel | undefined;
} {
  const level = logLevels.find((each) => each === values['log-level']);
  if (!level) throw new Error(`--log-level must be one of ${logLevels.join(', ')}`);
  return { logLevel: values.quiet ? undefined : level };
}
