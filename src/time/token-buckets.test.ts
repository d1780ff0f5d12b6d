import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { TokenBuckets } from './token-buckets.js';

describe('TokenBuckets', () => {
  it('gives each key its own pace', () => {
    const steps = fc.array(fc.tuple(fc.nat(2000), fc.constantFrom('a', 'b')), { maxLength: 200 });
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 20 }), (all, most) => {
        let now = 0;
        const buckets = new TokenBuckets({ most, period: 1000 }, { now: () => now });
        const given = new Map<string, number[]>();
        for (const [pass, key] of all) {
          now += pass;
          const wait = buckets.take(key);
          assert.ok(wait >= 0);
          if (wait === 0) given.set(key, [...(given.get(key) ?? []), now]);
        }
        for (const times of given.values()) {
          for (const start of times) {
            for (const length of [0, 500, 1000, 5000]) {
              const count = times.filter((time) => time >= start && time <= start + length).length;
              assert.ok(count <= most + (length / 1000) * most + 1e-6, `${count} in ${length}`);
            }
          }
        }
      }),
    );
  });

  it('says in how many milliseconds there is a token again', () => {
    let now = 0;
    const buckets = new TokenBuckets({ most: 2, period: 1000 }, { now: () => now });
    assert.deepEqual([buckets.take('a'), buckets.take('a'), buckets.take('a')], [0, 0, 500]);
    now = 499;
    assert.equal(Math.round(buckets.take('a')), 1);
    now = 500;
    assert.equal(buckets.take('a'), 0);
  });

  it('forgets a key that has used nothing for a period', () => {
    let now = 0;
    const buckets = new TokenBuckets({ most: 2, period: 1000 }, { now: () => now });
    for (let key = 0; key < 1000; key++) buckets.take(`${key}`);
    assert.equal(buckets.size, 1000);
    now = 1000;
    buckets.take('other');
    assert.equal(buckets.size, 1);
  });

  it('never refuses, and remembers nothing, when the pace is unlimited', () => {
    const buckets = new TokenBuckets({ most: Infinity, period: 1 }, { now: () => 0 });
    assert.deepEqual([buckets.take('a'), buckets.take('a'), buckets.size], [0, 0, 0]);
  });
});
