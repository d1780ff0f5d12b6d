import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { TokenBucket } from './token-bucket.js';

const pace = fc.record({
  most: fc.integer({ min: 1, max: 50 }),
  period: fc.integer({ min: 1, max: 60_000 }),
});

/** When tokens are asked for, after the time before, and how many. */
const requests = fc.array(
  fc.record({ pass: fc.nat(5000), cost: fc.integer({ min: 1, max: 80 }) }),
  {
    maxLength: 80,
  },
);

describe('TokenBucket', () => {
  it('gives at most its size plus the refill, in any stretch of time', () => {
    fc.assert(
      fc.property(pace, requests, fc.nat(1e9), (pace, requests, start) => {
        let now = start;
        const bucket = new TokenBucket(pace, now);
        const taken: { at: number; cost: number }[] = [];
        for (const { pass, cost } of requests) {
          now += pass;
          if (bucket.take(now, cost) === 0) taken.push({ at: now, cost });
        }
        for (const [first, { at: start }] of taken.entries()) {
          let sum = 0;
          for (const { at, cost } of taken.slice(first)) {
            const most = pace.most * (1 + (at - start) / pace.period);
            // A cost above `most` is taken from a full bucket, and paid back afterwards.
            assert.ok(sum + Math.min(cost, pace.most) <= most + 1e-3, `${sum} and ${cost}`);
            sum += cost;
          }
        }
      }),
    );
  });

  it('gives all it holds at once, and then never refuses a sender who keeps the pace', () => {
    fc.assert(
      fc.property(pace, fc.nat(100), fc.nat(1e9), (pace, count, start) => {
        let now = start;
        const bucket = new TokenBucket(pace, now);
        for (let each = 0; each < pace.most; each++) assert.equal(bucket.take(now), 0);
        assert.ok(bucket.take(now) > 0);
        for (let each = 0; each < count; each++) {
          now += Math.ceil(pace.period / pace.most) + 1;
          assert.equal(bucket.take(now), 0);
        }
      }),
    );
  });

  it('gives a token after the wait that it names, and none before', () => {
    fc.assert(
      fc.property(pace, requests, (pace, requests) => {
        let now = 0;
        const bucket = new TokenBucket(pace, now);
        for (const { pass, cost } of requests) {
          now += pass;
          const wait = bucket.take(now, cost);
          if (wait === 0) continue;
          assert.ok(bucket.wait(now + wait * 0.99, cost) > 0);
          now += wait + 1e-3;
          assert.equal(bucket.take(now, cost), 0);
        }
      }),
    );
  });

  it('takes a cost above its size when full only, and is in debt until that is paid', () => {
    const bucket = new TokenBucket({ most: 5, period: 1000 }, 0);
    assert.equal(bucket.take(0, 15), 0);
    assert.equal(bucket.wait(0), 2200);
    assert.ok(bucket.take(2999, 15) > 0);
    assert.equal(bucket.take(3000, 15), 0);
  });

  it('goes into debt when tokens are spent that are not there', () => {
    const bucket = new TokenBucket({ most: 2, period: 1000 }, 0);
    bucket.spend(0, 4);
    assert.equal(bucket.wait(0), 1500);
    assert.equal(bucket.wait(1500), 0);
  });

  it('adds nothing when its clock is turned back', () => {
    const bucket = new TokenBucket({ most: 5, period: 1000 }, 1000);
    assert.equal(bucket.take(1000, 5), 0);
    for (const now of [0, 1000, 0]) assert.ok(bucket.take(now) > 0);
    assert.equal(bucket.take(2000, 5), 0);
  });

  it('never refuses when it is unlimited', () => {
    const bucket = new TokenBucket({ most: Infinity, period: 1 }, 0);
    for (const now of [0, 0, 5]) assert.equal(bucket.take(now, 1e12), 0);
    bucket.spend(5, 1);
    assert.equal(bucket.wait(5), 0);
  });
});
