import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { FakeClock } from '../../../test/helpers/fake-clock.js';
import { Arrivals, MAX_WAITING } from './arrivals.js';

const steps = fc.array(
  fc.record({
    count: fc.oneof(fc.nat(5), fc.nat(1500)),
    length: fc.oneof(fc.nat(20), fc.nat(16_000)),
    wait: fc.nat(2000),
  }),
  { maxLength: 12 },
);

test('shows all that it takes, in order, a bounded batch at a time, and keeps a bounded rest', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (steps) => {
      const clock = new FakeClock();
      const shown: number[] = [];
      const times: number[] = [];
      const lengths: number[] = [];
      const arrivals = new Arrivals<number>(clock, (batch) => {
        times.push(clock.now());
        shown.push(...batch);
        assert.ok(batch.length <= 200);
        const total = batch.reduce((sum, id) => sum + lengths[id]!, 0);
        assert.ok(batch.length === 1 || total <= 32_768, `${total}`);
      });
      for (const { count, length, wait } of steps) {
        for (let each = 0; each < count; each++) {
          lengths.push(length);
          if (!arrivals.put(lengths.length - 1, length)) lengths.pop();
          const waiting = lengths.slice(shown.length);
          const bytes = waiting.reduce((sum, its) => sum + 2 * its, 0);
          assert.ok(bytes <= MAX_WAITING + 32_000);
        }
        await clock.advance(wait);
      }
      await clock.advance(3_600_000);
      assert.deepEqual(shown, [...lengths.keys()]);
      assert.ok(times.every((time, index) => !index || time - times[index - 1]! >= 50));
      assert.equal(clock.waiting, 0);
    }),
    { numRuns: 15 },
  );
});
