import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ServerEvent } from './events.js';
import { logLevels, logLines, type LogLevel } from './log.js';

/** The lines written for some events. */
function lines(level: LogLevel, ...events: ServerEvent[]): Record<string, unknown>[] {
  const written: string[] = [];
  const observe = logLines(level, { write: (line) => void written.push(line) });
  for (const event of events) observe(event);
  return written.map((line) => JSON.parse(line) as Record<string, unknown>);
}

const signedIn = { type: 'signed-in', name: 'alice', kit: true, resumed: false } as const;
const tooMuch = { type: 'limit-exceeded', code: 'too-many-frames', name: 'eve' } as const;

describe('log lines', () => {
  it('are JSON, with time, level and event', () => {
    const [line] = lines('info', signedIn);
    const { time, ...rest } = line!;
    assert.equal(new Date(time as string).toISOString(), time);
    assert.deepEqual(rest, { level: 'info', ...signedIn });
  });

  it('show an error with its stack', () => {
    const [line] = lines('info', { type: 'fault', error: new Error('broken') });
    assert.match(line!.error as string, /^Error: broken\n {4}at /);
    assert.equal(line!.level, 'error');
  });

  it('are as few as the level says', () => {
    const all: ServerEvent[] = [
      { type: 'bus-delay', delay: 1 },
      signedIn,
      tooMuch,
      { type: 'fault', error: 'broken' },
    ];
    for (const [index, level] of logLevels.entries()) {
      const levels = lines(level, ...all).map((line) => line.level);
      assert.deepEqual(levels, logLevels.slice(0, index + 1).toReversed(), level);
    }
  });
});
