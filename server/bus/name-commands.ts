import * as keys from './keys.js';
import { processOf, type SharedSession } from './shared-session.js';

/** The news of a name, for all processes: its key, how it is shown, and what has become of it. */
export type NameNews = [key: string, name: string, change: 'came' | 'gone' | 'same'];

/** Commands that belong together, and the keys that they touch. */
export interface Commands {
  keys: string[];
  commands: string[][];
}

/**
 * Makes the commands that Redis carries out in one step when the sessions of a name change: the
 * first ones answer with the calls of each session that has ended.
 */
export function nameCommands(
  key: string,
  before: SharedSession[],
  after: SharedSession[],
): Commands {
  const shard = keys.shardOf(key);
  const online = keys.onlineAt(shard);
  const due = keys.dueAt(shard);
  const over = keys.overAt(key);
  const touched = [keys.nameAt(key), online, due, over];
  const commands: string[][] = [];
  const add = (at: string, [name, ...rest]: [string, ...string[]]) => {
    touched.push(at);
    commands.push([name, at, ...rest]);
  };

  const was = new Map(before.map((session) => [session.id, session]));
  const ended = before.filter(({ id }) => !after.some((each) => each.id === id));
  for (const { id } of ended) add(keys.callsAt(key, id), ['SMEMBERS']);
  for (const { id, until } of ended) {
    add(keys.callsAt(key, id), ['DEL']);
    add(keys.mailAt(key, id), ['DEL']);
    add(keys.mailBytesAt(shard), ['HDEL', id]);
    if (until) add(due, ['ZREM', dueMember(id, key)]);
  }
  for (const { id, until } of after) {
    if (until === (was.get(id)?.until ?? 0)) continue;
    if (until) add(due, ['ZADD', String(until), dueMember(id, key)]);
    else add(due, ['ZREM', dueMember(id, key)]);
  }
  const processes = (all: SharedSession[]) =>
    new Set(all.map(({ holder }) => processOf(holder)).filter(Boolean));
  const [held, holds] = [processes(before), processes(after)];
  for (const process of holds)
    if (!held.has(process)) add(keys.heldAt(shard, process), ['SADD', key]);
  for (const process of held)
    if (!holds.has(process)) add(keys.heldAt(shard, process), ['SREM', key]);

  if (after.length) commands.push(['SET', keys.nameAt(key), JSON.stringify(after)]);
  else commands.push(['DEL', keys.nameAt(key)], ['DEL', over], ['HDEL', online, key]);
  if (!before.length) commands.push(['HSET', online, key, after[0]!.name]);

  for (const { id, holder } of after) {
    const old = was.get(id)?.holder;
    if (old && holder && processOf(old) !== processOf(holder)) {
      commands.push([
        'PUBLISH',
        keys.channelOf(processOf(old)),
        `lost ${id} ${encodeURIComponent(key)} ${old}`,
      ]);
    }
  }
  if (ended.length || after.length > before.length) {
    const change = !before.length ? 'came' : !after.length ? 'gone' : 'same';
    const news: NameNews = [key, (after[0] ?? before[0])!.name, change];
    commands.push(['PUBLISH', keys.NAMES, JSON.stringify(news)]);
  }
  return { keys: [...new Set(touched)], commands };
}

const dueMember = (id: string, key: string) => `${id} ${key}`;

/** The session, and its name, that a member of the list of detached sessions stands for. */
export function readDueMember(member: string): { id: string; key: string } {
  const space = member.indexOf(' ');
  return { id: member.slice(0, space), key: member.slice(space + 1) };
}
