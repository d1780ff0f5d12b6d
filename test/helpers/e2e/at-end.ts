import type { TestContext } from 'node:test';

type Task = () => unknown;

/** Something that has an end, such as a test. */
export type Scope = Pick<TestContext, 'after'>;

const tasks = new WeakMap<Scope, Task[]>();

/** Does something when a test is over, whatever became of it; what was begun last goes first. */
export function atEnd(t: Scope, task: Task): void {
  const mine = tasks.get(t);
  if (mine) mine.push(task);
  else begin(t, [task]);
}

function begin(t: Scope, mine: Task[]): void {
  tasks.set(t, mine);
  t.after(async () => {
    const failures: unknown[] = [];
    for (const task of mine.reverse()) {
      try {
        await task();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length) throw failures[0];
  });
}
