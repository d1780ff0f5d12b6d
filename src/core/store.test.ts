import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Store } from './store.js';

class Counter extends Store<{ count: number; name: string }> {
  set(patch: { count?: number; name?: string }): void {
    this.update(patch);
  }
}

function setUp() {
  const counter = new Counter({ count: 0, name: 'a' });
  let changes = 0;
  counter.addEventListener('change', () => changes++);
  return { counter, changes: () => changes };
}

test('a change makes a new state and says so once', () => {
  const { counter, changes } = setUp();
  const before = counter.state;
  counter.set({ count: 1, name: 'b' });
  assert.deepEqual(counter.state, { count: 1, name: 'b' });
  assert.deepEqual(before, { count: 0, name: 'a' });
  assert.equal(changes(), 1);
});

test('what changes nothing says nothing', () => {
  const { counter, changes } = setUp();
  const before = counter.state;
  counter.set({ count: 0 });
  counter.set({});
  assert.equal(counter.state, before);
  assert.equal(changes(), 0);
});

test('the new state is there when it is told of', () => {
  const { counter } = setUp();
  const seen: number[] = [];
  counter.addEventListener('change', () => seen.push(counter.state.count));
  counter.set({ count: 1 });
  counter.set({ count: 2 });
  assert.deepEqual(seen, [1, 2]);
});
