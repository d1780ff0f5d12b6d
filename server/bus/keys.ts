/**
 * Where things are in Redis. Names are spread over shards, and everything about the names of one
 * shard has the same hash tag, so that one script may change all of it at once, in Redis Cluster
 * too. Calls have a tag each.
 */

/** Part of every name's address: all processes must agree on it. */
const SHARDS = 32;

/** The tags of all shards of names. */
export const shards = Array.from({ length: SHARDS }, (_, index) => `rtc:{${index}}`);

/** How many shards there are: what is bounded in all is bounded in each to its part. */
export const SHARE = 1 / SHARDS;

/** The shard of a name (FNV-1a over its UTF-16 code units). */
export function shardOf(key: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < key.length; index++) {
    hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193);
  }
  return shards[(hash >>> 0) % SHARDS]!;
}

/** Sessions of a name: JSON. */
export const nameAt = (key: string) => `${shardOf(key)}:name:${key}`;
/** Calls of a name that have ended, by when they did. */
export const overAt = (key: string) => `${shardOf(key)}:over:${key}`;
/** The mailbox of a session that is away. */
export const mailAt = (key: string, session: string) => `${shardOf(key)}:mail:${session}`;
/** Bytes of what waits for the sessions of a shard, by their ids. */
export const mailBytesAt = (shard: string) => `${shard}:mail-bytes`;
/** Ids of the calls of a session; the calls themselves say whether that is still so. */
export const callsAt = (key: string, session: string) => `${shardOf(key)}:calls:${session}`;

/** The names of a shard that are online, each with how it is shown. */
export const onlineAt = (shard: string) => `${shard}:online`;
/** The detached sessions of a shard, by when they end. */
export const dueAt = (shard: string) => `${shard}:due`;
/** The names of a shard that have sessions at a process. */
export const heldAt = (shard: string, process: string) => `${shard}:held:${process}`;

export const callAt = (id: string) => `rtc:{call:${id}}:call`;
/** Candidates of the caller, until the call is accepted. */
export const candidatesAt = (id: string) => `rtc:{call:${id}}:candidates`;
/** The announcement of one end. */
export const halfAt = (id: string) => `rtc:{call:${id}}:half`;

/** A value that stays for as long as Redis keeps its data. */
export const EPOCH = 'rtc:epoch';
/** The processes, each by its last sign of life. */
export const PROCESSES = 'rtc:processes';

/** The channel to one process. */
export const channelOf = (process: string) => `rtc:to:${process}`;
/** The channel that says which names have changed. */
export const NAMES = 'rtc:names';
/** The channel that says which calls have changed. */
export const CALLS = 'rtc:calls';
