import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { FakeClock } from '../../test/helpers/fake-clock.js';
import { Budget, costOf } from './budget.js';

const allowance = fc.record({
  most: fc.integer({ min: 1, max: 50 }),
  within: fc.integer({ min: 1, max: 60_000 }),
});

const takes = fc.array(
  fc.record({
    wait: fc.nat(5000),
    cost: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 60 })),
  }),
  { maxLength: 80 },
);

test('gives at most its size plus the refill, in any stretch of time', async () => {
  await fc.assert(
    fc.asyncProperty(allowance, takes, async (allowance, takes) => {
      const clock = new FakeClock();
      const budget = new Budget(clock, allowance);
      const taken: { at: number; cost: number }[] = [];
      for (const { wait, cost } of takes) {
        await clock.advance(wait);
        const price = Math.min(cost, allowance.most);
        if (budget.take(cost)) taken.push({ at: clock.now(), cost: price });
      }
      for (const [first, { at: start }] of taken.entries()) {
        let sum = 0;
        for (const { at, cost } of taken.slice(first)) {
          sum += cost;
          const most = allowance.most * (1 + (at - start) / allowance.within);
          assert.ok(sum <= most + 1e-6, `${sum} of ${most}`);
        }
      }
    }),
  );
});

test('never refuses a sender who keeps the pace', async () => {
  await fc.assert(
    fc.asyncProperty(allowance, fc.nat(100), async (allowance, count) => {
      const clock = new FakeClock();
      const budget = new Budget(clock, allowance);
      for (let each = 0; each < allowance.most; each++) assert.ok(budget.take());
      assert.equal(budget.take(), false);
      for (let each = 0; each < count; each++) {
        await clock.advance(Math.ceil(allowance.within / allowance.most) + 1);
        assert.ok(budget.take());
      }
    }),
  );
});

test('takes all for a cost above its size, and refills nothing when its clock goes back', () => {
  let now = 1000;
  const budget = new Budget({ now: () => now, after: () => () => {} }, { most: 5, within: 1000 });
  assert.equal(budget.take(1000), true);
  assert.equal(budget.take(), false);
  now = 0;
  assert.equal(budget.take(), false);
  now = 1000;
  assert.equal(budget.take(), false);
  now = 2000;
  assert.equal(budget.take(5), true);
});

test('costOf counts messages and their KiB, of any kind', () => {
  assert.equal(costOf(''), 1);
  assert.equal(costOf('x'.repeat(2048)), 3);
  assert.equal(costOf(new ArrayBuffer(4096)), 5);
  assert.equal(costOf(new Blob(['x'.repeat(1024)])), 2);
});
