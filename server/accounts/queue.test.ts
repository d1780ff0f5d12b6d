import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { Queue } from './queue.js';

const full = () => new Error('full');

/** A queue whose tasks end when they are told to. */
function manual(bounds: Partial<ConstructorParameters<typeof Queue>[0]> = {}) {
  const queue = new Queue({ atOnce: 1, waiting: 100, waitingPerKey: 100, ...bounds }, full);
  /** The tasks started, in order. */
  const started: string[] = [];
  const refused: string[] = [];
  const ends: (() => void)[] = [];
  const add = (key: string, word = key) => {
    const task = () => {
      started.push(word);
      return new Promise<void>((end) => ends.push(end));
    };
    queue.run(key, task).catch(() => refused.push(word));
  };
  /** Ends the task that has run longest. */
  const end = async () => {
    ends.shift()?.();
    await new Promise(setImmediate);
  };
  const endAll = async () => {
    while (ends.length) await end();
  };
  return { queue, started, refused, ends, add, end, endAll };
}

describe('the queue', () => {
  it('runs so many at once, the others in turn, and goes on after a failure', async () => {
    const queue = new Queue({ atOnce: 2, waiting: 10, waitingPerKey: 10 }, full);
    let running = 0;
    let most = 0;
    const order: number[] = [];
    const task = (number: number) => async () => {
      most = Math.max(most, ++running);
      await new Promise(setImmediate);
      running--;
      order.push(number);
      if (number === 1) throw new Error('one');
    };
    const all = Array.from({ length: 6 }, (_, number) => queue.run('a', task(number)));
    const outcomes = await Promise.allSettled(all);
    assert.deepEqual(order, [0, 1, 2, 3, 4, 5]);
    assert.equal(most, 2);
    assert.deepEqual(outcomes.map(({ status }) => status).indexOf('rejected'), 1);
  });

  it('gives each key its turn, however many tasks of another wait', async () => {
    const { add, started, endAll } = manual();
    for (const word of ['a1', 'a2', 'a3', 'a4']) add('a', word);
    for (const word of ['b1', 'b2']) add('b', word);
    add('c', 'c1');
    await endAll();
    assert.deepEqual(started, ['a1', 'b1', 'c1', 'a2', 'b2', 'a3', 'a4']);
  });

  it('serves the key with the fewest failures first, and forgets them once it is idle', async () => {
    const { queue, add, started, end, endAll } = manual();
    add('a', 'a1');
    add('a', 'a2');
    await end();
    queue.forgive('a');
    add('b', 'b1');
    await end();
    add('b', 'b2');
    add('c', 'c1');
    add('a', 'a3');
    await endAll();
    assert.deepEqual(started, ['a1', 'a2', 'b1', 'c1', 'b2', 'a3']);
    started.splice(0);
    for (const key of ['x', 'a', 'c', 'b']) add(key);
    await endAll();
    assert.deepEqual(started, ['x', 'a', 'c', 'b']);
  });

  it('refuses the newcomer if its key has most waiting, else the last of that key', async () => {
    const { add, started, refused, ends, end, endAll } = manual({ waiting: 3 });
    for (const word of ['a0', 'a1', 'a2', 'a3', 'a4']) add('a', word);
    await new Promise(setImmediate);
    assert.deepEqual(refused, ['a4']);
    add('b', 'b1');
    await new Promise(setImmediate);
    assert.deepEqual(refused, ['a4', 'a3']);
    add('c', 'c1');
    // Its line would be the longest now: nobody is put out for it.
    add('b', 'b2');
    await new Promise(setImmediate);
    assert.deepEqual(refused, ['a4', 'a3', 'a2', 'b2']);
    await endAll();
    assert.deepEqual(started, ['a0', 'b1', 'c1', 'a1']);
    assert.equal(ends.length, 0);
    await end();
  });

  it('evicts a failed key before a key without failures when both have as many', async () => {
    const { add, refused, started, end, endAll } = manual({ waiting: 1 });
    add('a', 'a1');
    add('a', 'a2');
    await end();
    add('a', 'a3');
    add('b', 'b1');
    add('c', 'c1');
    await new Promise(setImmediate);
    assert.deepEqual(refused, ['a3', 'c1']);
    await endAll();
    assert.deepEqual(started, ['a1', 'a2', 'b1']);
  });

  it('refuses a key more than its share of waiting places', async () => {
    const { add, refused, endAll } = manual({ waitingPerKey: 2 });
    for (const word of ['a0', 'a1', 'a2', 'a3']) add('a', word);
    add('b');
    await new Promise(setImmediate);
    assert.deepEqual(refused, ['a3']);
    await endAll();
  });

  it('is never full while a task could run at once', async () => {
    const { add, refused, started, endAll } = manual({ waiting: 0 });
    add('a');
    add('b');
    await endAll();
    add('c');
    await endAll();
    assert.deepEqual([started, refused], [['a', 'c'], ['b']]);
  });

  it('starts or refuses every task, within its bounds, whatever comes', async () => {
    const step = fc.oneof(
      fc.record({ add: fc.constantFrom('a', 'b', 'c', 'd') }),
      fc.record({ forgive: fc.constantFrom('a', 'b') }),
      fc.constant({ end: true }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const { queue, add, started, refused, ends, end, endAll } = manual({
          atOnce: 2,
          waiting: 4,
          waitingPerKey: 3,
        });
        let added = 0;
        let ended = 0;
        for (const each of steps) {
          if ('add' in each) add(each.add, `${each.add}${added++}`);
          else if ('forgive' in each) queue.forgive(each.forgive);
          else if (ends.length) {
            ended++;
            await end();
          }
          await new Promise(setImmediate);
          const waiting = added - started.length - refused.length;
          assert.ok(started.length - ended <= 2 && waiting <= 4, `${waiting} wait`);
          assert.ok(waiting === 0 || started.length - ended === 2, 'a place is not used');
        }
        await endAll();
        assert.equal(started.length + refused.length, added);
      }),
    );
  });
});
