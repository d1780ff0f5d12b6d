import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FakeClock } from '../../../test/helpers/fake-clock.js';
import { RingBudgets } from './ring-budgets.js';

const ask = (budgets: RingBudgets, name: string, times: number) =>
  Array.from({ length: times }, () => budgets.answer(name));

test('answers busy, and then nothing, to somebody who rings without end', async () => {
  const clock = new FakeClock();
  const budgets = new RingBudgets(clock);
  const answers = ask(budgets, 'Bob', 30);
  assert.deepEqual(answers.slice(0, 10), Array(10).fill('ring'));
  assert.deepEqual(answers.slice(10, 20), Array(10).fill('busy'));
  assert.deepEqual(answers.slice(20), Array(10).fill('silence'));
  // By any spelling of the name, and nobody else is meant.
  assert.equal(budgets.answer(' bOB '), 'silence');
  assert.equal(budgets.answer('Carol'), 'ring');
  await clock.advance(2000);
  assert.equal(budgets.answer('Bob'), 'ring');
});

test('a person whose call is accepted may ring as often as before', () => {
  const budgets = new RingBudgets(new FakeClock());
  ask(budgets, 'Bob', 10);
  budgets.accepted(' bOB ');
  assert.deepEqual(ask(budgets, 'Bob', 11), [...Array(10).fill('ring'), 'busy']);
});

test('remembers the latest of thousands of strangers who rang', () => {
  const budgets = new RingBudgets(new FakeClock());
  ask(budgets, 'Bob', 20);
  for (let count = 0; count < 999; count++) budgets.answer(`stranger ${count}`);
  assert.equal(budgets.answer('Bob'), 'silence');
  ask(budgets, 'stranger 0', 20);
  for (let count = 0; count < 1000; count++) budgets.answer(`another ${count}`);
  assert.equal(budgets.answer('Bob'), 'ring');
});
