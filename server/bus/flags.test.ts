import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readBus } from './flags.js';

describe('--bus', () => {
  it('is a URL of Redis, from the flag or the environment', () => {
    assert.equal(readBus(undefined, {}), undefined);
    assert.equal(readBus(undefined, { RTC_BUS: '' }), undefined);
    assert.equal(readBus(undefined, { RTC_BUS: 'redis://one' }), 'redis://one');
    assert.equal(readBus('rediss://two:7000', { RTC_BUS: 'redis://one' }), 'rediss://two:7000');
  });

  it('is refused in words that hold no password', () => {
    for (const bad of ['', 'localhost', 'http://:secret@host', 'redis//:secret@host']) {
      assert.throws(
        () => readBus(bad, {}),
        ({ message }: Error) => /must be a URL of Redis/.test(message) && !/secret/.test(message),
      );
    }
  });
});
