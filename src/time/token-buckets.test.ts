import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { Rate } from './token-buckets.js';

describe('a rate', () => {
  it('gives at most what it has, and what comes back in time', () => {
    const steps = fc.array(fc.tuple(fc.nat(2000), fc.constantFrom('a', 'b')), { maxLength: 200 });
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 20 }), (all, most) => {
        let now = 0;
        const rate = new Rate({ most, period: 1000 }, { now: () => now });
        const given = new Map<string, number[]>();
        for (const [pass, key] of all) {
          now += pass;
          const wait = rate.take(key);
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

  it('says in how many milliseconds there is one again', () => {
    let now = 0;
    const rate = new Rate({ most: 2, period: 1000 }, { now: () => now });
    assert.deepEqual([rate.take('a'), rate.take('a'), rate.take('a')], [0, 0, 500]);
    now = 499;
    assert.equal(Math.round(rate.take('a')), 1);
    now = 500;
    assert.equal(rate.take('a'), 0);
  });

  it('forgets whoever has used nothing for a period', () => {
    let now = 0;
    const rate = new Rate({ most: 2, period: 1000 }, { now: () => now });
    for (let key = 0; key < 1000; key++) rate.take(`${key}`);
    assert.equal(rate.size, 1000);
    now = 1000;
    rate.take('other');
    assert.equal(rate.size, 1);
  });

  it('of no bound gives always, at one moment too', () => {
    const rate = new Rate({ most: Infinity, period: 1 }, { now: () => 0 });
    assert.deepEqual([rate.take('a'), rate.take('a'), rate.size], [0, 0, 0]);
  });
});
