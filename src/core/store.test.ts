import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Store } from './store.js';

class Counter extends Store<{ count: number; name: string }> {
  set(patch: { count?: number; name?: string }): void {
    this.update(patch);
  }
}

interface Parts {
  one: { value: number };
  other: { value: number };
}

class Pair extends Store<Parts> {
  set(patch: Partial<Parts>): void {
    this.update(patch);
  }
}

function setUp() {
  const counter = new Counter({ count: 0, name: 'a' });
  let changes = 0;
  counter.addEventListener('change', () => changes++);
  return { counter, changes: () => changes };
}

test('makes a new state and fires change once when a field changes', () => {
  const { counter, changes } = setUp();
  const before = counter.state;
  counter.set({ count: 1, name: 'b' });
  assert.deepEqual(counter.state, { count: 1, name: 'b' });
  assert.deepEqual(before, { count: 0, name: 'a' });
  assert.equal(changes(), 1);
});

test('does not fire change when the new state is equal', () => {
  const { counter, changes } = setUp();
  const before = counter.state;
  counter.set({ count: 0 });
  counter.set({});
  assert.equal(counter.state, before);
  assert.equal(changes(), 0);
});

test('has the new state when change is fired', () => {
  const { counter } = setUp();
  const seen: number[] = [];
  counter.addEventListener('change', () => seen.push(counter.state.count));
  counter.set({ count: 1 });
  counter.set({ count: 2 });
  assert.deepEqual(seen, [1, 2]);
});

test('keeps the identity of an equal part when another part changes', () => {
  const pair = new Pair({ one: { value: 1 }, other: { value: 1 } });
  const { one } = pair.state;
  pair.set({ one: { value: 1 }, other: { value: 2 } });
  assert.equal(pair.state.one, one);
  assert.deepEqual(pair.state.other, { value: 2 });
});

test('does not fire change when a part is replaced by an equal one', () => {
  const pair = new Pair({ one: { value: 1 }, other: { value: 1 } });
  let changes = 0;
  pair.subscribe(() => changes++);
  pair.set({ one: { value: 1 } });
  assert.equal(changes, 0);
});

test('calls each subscription until it ends, also with one listener twice', () => {
  const { counter } = setUp();
  let calls = 0;
  const listener = () => calls++;
  const stops = [counter.subscribe(listener), counter.subscribe(listener)];
  counter.set({ count: 1 });
  stops[0]!();
  counter.set({ count: 2 });
  stops[1]!();
  counter.set({ count: 3 });
  assert.equal(calls, 3);
});
