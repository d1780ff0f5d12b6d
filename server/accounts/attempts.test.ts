import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { FakeClock } from '../../test/helpers/fake-clock.js';
import { ownRedis } from '../../test/helpers/redis.js';
import { waitAfter, type AttemptRule, type Attempts } from './attempts.js';
import { MemoryAttempts } from './memory-attempts.js';
import { RedisAttempts } from './redis-attempts.js';

const rule: AttemptRule = { free: 3, base: 1000, longest: 60_000, forget: 3_600_000 };

const own = ownRedis();

let keys = 0;
for (const [kind, open] of [
  ['memory', () => new MemoryAttempts(new FakeClock())],
  ['Redis', () => new RedisAttempts(own.connection)],
] as [string, () => Attempts][]) {
  describe(`attempts in ${kind}`, () => {
    const begin = async (attempts: Attempts, key: string, times: number) => {
      for (let time = 0; time < times; time++) assert.equal(await attempts.begin(key, rule), 0);
    };
    const newKey = () => `name:${++keys}`;

    it('are free at first, then have to wait', async () => {
      const attempts = open();
      const key = newKey();
      await begin(attempts, key, 3);
      const wait = await attempts.begin(key, rule);
      assert.ok(wait > 500 && wait <= 1000, `${wait}`);
      assert.equal(await attempts.begin(newKey(), rule), 0);
    });

    it('count from their beginning: of many at once only the free ones begin', async () => {
      const attempts = open();
      const key = newKey();
      const waits = await Promise.all(Array.from({ length: 20 }, () => attempts.begin(key, rule)));
      assert.equal(waits.filter((wait) => wait === 0).length, 3);
    });

    it('that went well, or were none, do not count', async () => {
      const attempts = open();
      const key = newKey();
      for (let time = 0; time < 10; time++) {
        await begin(attempts, key, 1);
        await attempts.takeBack(key);
      }
      await begin(attempts, key, 3);
      await attempts.takeBack(key);
      await begin(attempts, key, 1);
      assert.ok((await attempts.begin(key, rule)) > 0);
      await attempts.clear(key);
      await begin(attempts, key, 3);
      await attempts.takeBack(newKey());
    });
  });
}

describe('attempts', () => {
  it('wait longer each time, up to a bound, and are forgotten', async () => {
    const clock = new FakeClock();
    const attempts = new MemoryAttempts(clock);
    const begins = async () => assert.equal(await attempts.begin('name:a', rule), 0);
    await begins();
    await begins();
    const waits: number[] = [];
    while (waits.length < 8) {
      await begins();
      const wait = await attempts.begin('name:a', rule);
      waits.push(wait);
      await clock.advance(wait);
    }
    assert.deepEqual(waits, [1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000]);
    await clock.advance(3_600_000);
    for (let time = 0; time < 3; time++) await begins();
    assert.equal(await attempts.begin('name:a', rule), 1000);
  });

  it('in Redis wait as long, by its own time, and go by themselves', async () => {
    const attempts = new RedisAttempts(own.connection);
    const quick = { free: 1, base: 40, longest: 40, forget: 200 };
    assert.equal(await attempts.begin('name:q', quick), 0);
    let waited = 0;
    for (let wait = 1; wait; waited++) wait = await attempts.begin('name:q', quick);
    assert.ok(waited > 1);
    while (await own.connection.exists('rtc-widgets:attempts:name:q'));
  });

  it('in Redis are counted together by all servers', async () => {
    const servers = [own.connection, own.connection].map((redis) => new RedisAttempts(redis));
    for (let time = 0; time < rule.free; time++) {
      assert.equal(await servers[time % 2]!.begin('name:s', rule), 0);
    }
    for (const server of servers) assert.ok((await server.begin('name:s', rule)) > 0);
    await servers[0]!.clear('name:s');
    assert.equal(await servers[1]!.begin('name:s', rule), 0);
  });

  it('are remembered for a bounded number of names', async () => {
    const attempts = new MemoryAttempts(new FakeClock(), 2);
    const strict = { ...rule, free: 1 };
    for (const key of ['a', 'b', 'c']) assert.equal(await attempts.begin(key, strict), 0);
    assert.ok((await attempts.begin('c', strict)) > 0);
    assert.equal(await attempts.begin('a', strict), 0);
  });

  it('never get more than the rule lets, whatever the order of tries and pauses', async () => {
    const step = fc.oneof(fc.constant('try' as const), fc.integer({ min: 0, max: 20_000 }));
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const clock = new FakeClock();
        const attempts = new MemoryAttempts(clock);
        let count = 0;
        let open = 0;
        for (const each of steps) {
          if (each !== 'try') {
            await clock.advance(each);
            continue;
          }
          const wait = await attempts.begin('key', rule);
          assert.equal(wait, Math.max(0, open - clock.now()));
          if (!wait) open = clock.now() + waitAfter(++count, rule);
        }
      }),
    );
  });

  it('wait no less after more of them, and no longer than the longest', () => {
    fc.assert(
      fc.property(fc.nat(2000), fc.nat(100), (count, free) => {
        const wait = waitAfter(count, { ...rule, free });
        assert.ok(wait <= rule.longest && wait <= waitAfter(count + 1, { ...rule, free }));
        assert.equal(wait === 0, count < free);
      }),
    );
  });
});
