import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { clientMessage, names } from '../../test/helpers/arbitraries.js';
import { HostileCrowd, type Step } from '../../test/helpers/hostile-crowd.js';

/** Few enough names, ids and connections that they meet. */
const name = fc.constantFrom(...names.slice(0, 6));
const call = fc.constantFrom('1', '2', '3');
const connection = fc.nat({ max: 5 });

const login = fc.record({
  type: fc.constant('login'),
  name,
  hello: fc.option(fc.constant({ version: 1 }), { nil: undefined }),
});
const addressed = fc
  .tuple(clientMessage, name, call)
  .map(([message, to, id]) => ({ ...message, name: to, ...('call' in message && { call: id }) }));
const step = (fields: Record<string, fc.Arbitrary<unknown>>) =>
  fc.record({ connection, wait: fc.boolean(), ...fields }) as unknown as fc.Arbitrary<Step>;

const steps = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: step({ send: login }) },
    { weight: 2, arbitrary: step({ resume: fc.nat() }) },
    { weight: 10, arbitrary: step({ send: addressed }) },
    { weight: 3, arbitrary: step({ followUp: fc.nat() }) },
    {
      weight: 1,
      arbitrary: step({ send: addressed, mutate: fc.tuple(fc.string(), fc.jsonValue()) }),
    },
    { weight: 1, arbitrary: step({ send: addressed, cut: fc.nat() }) },
    { weight: 1, arbitrary: step({ frame: fc.string({ unit: 'binary' }) }) },
    { weight: 1, arbitrary: step({ binary: fc.constant(true) }) },
    { weight: 2, arbitrary: step({ close: fc.constantFrom(1000, 1001, 1005, 1006, 1009, 4001) }) },
    { weight: 1, arbitrary: step({ pass: fc.constantFrom(50, 100, 10_000, 60_000) }) },
  ),
  { minLength: 1, maxLength: 80, size: 'max' },
);

/** The callee leaves while a basic client's offer is being served. */
const foundOnce: Step[] = [
  { connection: 0, wait: false, send: { type: 'login', name: 'bob', hello: { version: 1 } } },
  { connection: 0, wait: false, close: 1000 },
  { connection: 2, wait: false, resume: 0 },
  { connection: 2, wait: false, close: 1005 },
  { connection: 5, wait: false, send: { type: 'login', name: 'alice' } },
  { connection: 0, wait: true, send: { type: 'candidate', name: 'alice' } },
  { connection: 5, wait: false, send: { type: 'offer', name: 'bob', offer: {} } },
  { connection: 0, wait: false, send: { type: 'ack', name: 'alice', link: 'link-1', seq: 0 } },
  { connection: 0, wait: false, pass: 60_000 },
  { connection: 0, wait: false, send: { type: 'leave', name: 'alice' } },
];

describe('a hostile crowd', () => {
  it('breaks nothing, reaches nobody it did not address, and leaves nothing behind', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        const crowd = new HostileCrowd(6);
        for (const one of all) await crowd.take(one);
        await crowd.settle();
        crowd.checkNames();
        await crowd.goHome();
        await crowd.checkNothingLeft();
        assert.deepEqual(crowd.problems, []);
      }),
      { numRuns: 400, examples: [[foundOnce]] },
    );
  });
});
