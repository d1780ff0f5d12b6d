import type { ServerMessage } from 'rtc-widgets/protocol';
import type { HubSettings, SessionRef } from 'rtc-widgets/hub';
import * as keys from './keys.js';
import { nameCommands, readDueMember } from './name-commands.js';
import type { RedisLink } from './redis-link.js';
import { collect, deliver, ifPresent, ifUnchanged } from './scripts.js';
import { orphaned, processOf, refOf, type Changed, type SharedSession } from './shared-session.js';

/** Most sessions that are looked at in one shard at a time. */
const MAX_DUE = 100;

/** Names and their sessions, as all processes share them. Rejects when the link fails. */
export class SharedNames {
  readonly #link: () => RedisLink;
  readonly #settings: Pick<HubSettings, 'mailbox' | 'kept'>;

  /** @param settings how many messages, and how many bytes, may wait */
  constructor(link: () => RedisLink, settings: Pick<HubSettings, 'mailbox' | 'kept'>) {
    this.#link = link;
    this.#settings = settings;
  }

  /** The sessions of a name. */
  async sessions(key: string): Promise<SharedSession[]> {
    return parse(await this.#link().send<string | null>('GET', keys.nameAt(key)));
  }

  /**
   * Changes the sessions of a name, also if other processes do at the same time.
   * @param change is asked until what it was told is what is so; undefined changes nothing
   * @returns the ids of the calls of the sessions that ended, or undefined
   */
  async change(
    key: string,
    change: (sessions: SharedSession[]) => Changed,
  ): Promise<string[] | undefined> {
    let state = (await this.#link().send<string | null>('GET', keys.nameAt(key))) ?? '';
    for (;;) {
      const before = parse(state);
      const after = change(before);
      if (!after) return undefined;
      const { keys: touched, commands } = nameCommands(key, before, after);
      const args = [state, JSON.stringify(commands)];
      const [done, answer] = await this.#link().run<[0, string] | [1, unknown[]]>(
        ifUnchanged,
        touched,
        args,
      );
      const ended = before.filter(({ id }) => !after.some((each) => each.id === id)).length;
      if (done) return (answer.slice(0, ended) as string[][]).flat();
      state = answer;
    }
  }

  /** Does commands about a session, if it is still there. */
  async ifPresent({ key, id }: SessionRef, commands: string[][]): Promise<boolean> {
    const touched = [keys.nameAt(key), ...commands.map(([, at]) => at!)];
    const args = [id, JSON.stringify(commands)];
    return (await this.#link().run<number>(ifPresent, touched, args)) === 1;
  }

  /** @param again whether the message has been to a process that had the session no more */
  async deliver(
    { key, id }: Pick<SessionRef, 'key' | 'id'>,
    message: ServerMessage,
    again = false,
  ): Promise<boolean | 'full'> {
    const before = `${again ? 'again' : 'frame'} ${id} ${encodeURIComponent(key)} `;
    const { mailbox, kept } = this.#settings;
    const at = [keys.nameAt(key), keys.mailAt(key, id), keys.mailBytesAt(keys.shardOf(key))];
    // An acknowledgement does not wait: what was not acknowledged is sent again.
    const most = message.type === 'ack' ? 0 : mailbox;
    const text = JSON.stringify(message);
    const bounds = [kept.each, Math.floor(kept.all * keys.SHARE)].map(String);
    const args = [id, before, text, String(most), keys.channelOf(''), ...bounds];
    const answer = await this.#link().run<0 | 1 | 2>(deliver, at, args);
    return answer === 2 && message.type !== 'ack' ? 'full' : answer > 0;
  }

  /** Takes what waits for a session. */
  async collect({ key, id }: SessionRef): Promise<ServerMessage[]> {
    const at = [keys.mailAt(key, id), keys.mailBytesAt(keys.shardOf(key))];
    const frames = await this.#link().run<string[]>(collect, at, [id]);
    return frames.map((frame) => JSON.parse(frame) as ServerMessage);
  }

  /** The names online, as shown. */
  async online(): Promise<string[]> {
    return (await this.#ofShards<string[]>((shard) => ['HVALS', keys.onlineAt(shard)])).flat();
  }

  /** Detached sessions that are to end. */
  async due(now: number): Promise<SessionRef[]> {
    const limit = ['LIMIT', '0', String(MAX_DUE)];
    const members = await this.#ofShards<string[]>((shard) => [
      'ZRANGEBYSCORE',
      keys.dueAt(shard),
      '-inf',
      String(now),
      ...limit,
    ]);
    const found = members.flat().map(async (member) => {
      const { id, key } = readDueMember(member);
      const session = (await this.sessions(key)).find((each) => each.id === id);
      return session ? [refOf(key, session)] : [];
    });
    return (await Promise.all(found)).flat();
  }

  /**
   * Detaches the sessions that a process has left.
   * @param spare those that it still has
   */
  async orphan(
    process: string,
    now: number,
    keep: number,
    spare: (id: string) => boolean = () => false,
  ): Promise<void> {
    const held = await this.#ofShards<string[]>((shard) => [
      'SMEMBERS',
      keys.heldAt(shard, process),
    ]);
    const lost = ({ id, holder }: SharedSession) => processOf(holder) === process && !spare(id);
    await Promise.all(
      held.flat().map((key) => this.change(key, (all) => orphaned(all, lost, now, keep))),
    );
  }

  #ofShards<T>(command: (shard: string) => string[]): Promise<T[]> {
    return Promise.all(keys.shards.map((shard) => this.#link().send<T>(...command(shard))));
  }
}

const parse = (state: string | null) => (state ? (JSON.parse(state) as SharedSession[]) : []);
