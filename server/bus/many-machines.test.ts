import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import fc from 'fast-check';
import { until } from '../../test/helpers/e2e/until.js';
import { hastySettings } from '../../test/helpers/hasty-settings.js';
import { LastingServer } from '../../test/helpers/lasting-server.js';
import { pretendPage } from '../../test/helpers/pretend-page.js';
import { startRedis, type OwnRedis } from '../../test/helpers/redis.js';
import { RoundRobin } from '../../test/helpers/round-robin.js';
import { WsClient } from '../../test/helpers/ws-client.js';
import { Delivery } from '../../src/core/signaling/delivery.js';
import { Signaling } from '../../src/core/signaling/signaling.js';
import { defaultHubSettings } from 'rtc-widgets/hub';
import type { Announcement, ServerMessage } from 'rtc-widgets/protocol';

const machines = 3;
const pairs = 50;
/** How often a server is killed and started anew. */
const kills = 6;
/** After which of these Redis is, too, with its data kept. */
const outages = [1, 4];
/** Numbered messages that each end says in each call. */
const messages = 5;

/** Set SEED to run a schedule that failed once more. */
const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));

pretendPage();

/** An end of a pair, which calls the other or is called, and checks all that it reads. */
class End {
  readonly signaling: Signaling;
  readonly problems: string[] = [];
  /** The call that there is now, and how far it has come. */
  call: Announcement | undefined;
  accepted = false;
  read = 0;
  readonly name: string;
  readonly other: string;

  constructor(name: string, other: string, port: number) {
    this.name = name;
    this.other = other;
    this.signaling = new Signaling(`ws://127.0.0.1:${port}`, hastySettings);
    this.signaling.deliver((host) => new Delivery(hastySettings, host), {
      announcements: () => (this.call ? [this.call] : []),
      lost: ({ type }) => this.problems.push(`lost ${type}`),
    });
    this.signaling.addEventListener('message', (event) => {
      this.#hear((event as MessageEvent<ServerMessage>).data);
    });
  }

  ring(call: string): void {
    this.#begin(call, true);
    this.signaling.send({ type: 'call', name: this.other, call, kind: 'chat' });
  }

  say(number: number): void {
    const { call } = this.call!;
    const candidate = { candidate: `${call} from ${this.name} to ${this.other}: ${number}` };
    this.signaling.send({ type: 'candidate', name: this.other, call, candidate });
  }

  hangUp(): void {
    const { call } = this.call!;
    this.call = undefined;
    this.signaling.send({ type: 'leave', name: this.other, call });
  }

  #begin(call: string, caller: boolean): void {
    const about = { name: this.other, call, kind: 'chat' as const };
    this.call = { type: 'announce', ...about, caller, accepted: !caller };
    this.accepted = !caller;
    this.read = 0;
  }

  #hear(message: ServerMessage): void {
    const { type, call } = message as { type: string; call?: string };
    if (type === 'ringing' || type === 'back' || type === 'away') return;
    // The server may report the end of a call that is over already once more.
    if (type === 'leave' && call !== this.call?.call) return;
    if (type === 'call') {
      if (this.call) this.problems.push(`rung by ${call} in ${this.call.call}`);
      this.#begin(call!, false);
      this.signaling.send({ type: 'accept', name: this.other, call: call! });
      return;
    }
    if (!this.call || call !== this.call.call || type === 'error') {
      this.problems.push(`in ${this.call?.call}: ${JSON.stringify(message)}`);
    } else if (type === 'accept') {
      if (this.accepted) this.problems.push('accepted twice');
      this.accepted = true;
      this.call = { ...this.call, accepted: true };
    } else if (type === 'leave') {
      this.call = undefined;
    } else if (message.type === 'candidate') {
      const expected = `${call} from ${this.other} to ${this.name}: ${this.read++}`;
      const read = message.candidate!.candidate;
      if (read !== expected) this.problems.push(`${read} in place of ${expected}`);
    }
  }
}

/** Something that happens within the time that it may take; polled, as the ends tell of nothing. */
const soon = (what: string, so: () => boolean) => until(`${what}, SEED=${seed}`, so, 30_000);

/** Redis is killed and started anew; over when all servers have found it. */
async function restartRedis(redis: OwnRedis, servers: LastingServer[]): Promise<void> {
  const all = async (ready: boolean) => {
    const answers = servers.map(({ url }) => fetch(new URL('/readyz', url)));
    return (await Promise.all(answers)).every(({ ok }) => ok === ready);
  };
  await redis.kill();
  await until('all servers miss Redis', () => all(false));
  await redis.restart();
  await until('all servers have Redis', () => all(true));
}

/** Makes a call: it rings, is accepted, both ends say their messages, and the caller hangs up. */
async function talk(caller: End, callee: End, call: string): Promise<void> {
  caller.ring(call);
  await soon(`${call} is accepted`, () => caller.accepted);
  for (let number = 0; number < messages; number++) {
    caller.say(number);
    callee.say(number);
    await delay(100);
  }
  const heard = () => [caller, callee].every(({ read }) => read >= messages);
  await soon(`${call} is heard`, heard);
  caller.hangUp();
  await soon(`${call} is over`, () => !callee.call);
}

test(
  `${pairs} pairs call over ${machines} servers, which are killed now and then, as is Redis`,
  { timeout: 120_000 },
  async () => {
    const redis = await startRedis({ lasting: true });
    const servers = await Promise.all(
      Array.from({ length: machines }, () => LastingServer.start('--bus', redis.url)),
    );
    const proxy = await RoundRobin.start(servers.map(({ port }) => port));
    const ends: [End, End][] = Array.from({ length: pairs }, (_, index) => {
      const [one, other] = [`caller ${index}`, `callee ${index}`];
      return [new End(one, other, proxy.port), new End(other, one, proxy.port)];
    });
    after(async () => {
      for (const end of ends.flat()) end.signaling.logout();
      await proxy.close();
      await Promise.all(servers.map((server) => server.stop()));
      await redis.stop();
    });
    await Promise.all(ends.flat().map(({ name, signaling }) => signaling.login(name)));
    // They go with the servers, and do not come back.
    const guests = await Promise.all(
      servers.map(({ url }, index) => WsClient.signedIn(url, `guest ${index}`)),
    );

    let over = false;
    const { most, period } = defaultHubSettings.rings.perPair;
    const calls = ends.map(async ([caller, callee], index) => {
      let count = 0;
      for (; !over; count++) {
        // Each calls the other in turn, as often as one person may ring another.
        const [one, other] = count % 2 ? [callee, caller] : [caller, callee];
        await talk(one, other, `call-${index}-${count}`);
        if (count >= 2 * most) await delay(period / most);
      }
      return count;
    });

    const [schedule] = fc.sample(
      fc.array(fc.record({ pause: fc.integer({ min: 100, max: 900 }), down: fc.nat(1000) }), {
        minLength: kills,
        maxLength: kills,
      }),
      { seed, numRuns: 1 },
    ) as [{ pause: number; down: number }[]];
    const [order] = fc.sample(fc.shuffledSubarray([0, 1, 2, 0, 1, 2], { minLength: kills }), {
      seed,
      numRuns: 1,
    }) as [number[]];
    const up = new Map<LastingServer, Promise<void>>();
    for (const [index, { pause, down }] of schedule.entries()) {
      const server = servers[order[index]!]!;
      await delay(pause);
      await up.get(server);
      await server.stop();
      up.set(
        server,
        delay(down).then(() => server.restart()),
      );
      if (!outages.includes(index)) continue;
      // None starts without it.
      await Promise.all(up.values());
      await restartRedis(redis, servers);
    }
    await Promise.all(up.values());
    over = true;
    const counts = await Promise.all(calls);
    for (const end of ends.flat()) assert.deepEqual(end.problems, [], `${end.name}, SEED=${seed}`);
    assert.ok(
      counts.every((count) => count > 0),
      `${counts}`,
    );

    // The only name still held is that of the client that looks.
    for (const end of ends.flat()) end.signaling.logout();
    await Promise.all(guests.map(({ closed }) => closed));
    const watcher = await WsClient.signedIn(servers[0]!.url, 'watcher');
    const names = async () => {
      const { names: online } = await watcher.ask({ type: 'watch', on: true });
      watcher.send({ type: 'watch', on: false });
      return online as string[];
    };
    await until(`all names are free, SEED=${seed}`, async () => !(await names()).length);
    await watcher.close();
  },
);

test('the sessions of a killed server count as detached within 10 s', async () => {
  const redis = await startRedis();
  const [doomed, other] = [
    await LastingServer.start('--bus', redis.url),
    await LastingServer.start('--bus', redis.url),
  ];
  after(async () => {
    await Promise.all([doomed.stop(), other.stop()]);
    await redis.stop();
  });
  // The session of a basic client ends when it is detached; that of a kit client waits.
  await WsClient.signedIn(doomed.url, 'course');
  const kit = await WsClient.connect(doomed.url);
  await kit.ask({ type: 'login', name: 'kit', hello: { version: 1 } });
  const watcher = await WsClient.signedIn(other.url, 'watcher');
  const { names } = await watcher.ask({ type: 'watch', on: true });
  assert.deepEqual((names as string[]).sort(), ['course', 'kit']);
  await doomed.stop();
  const start = performance.now();
  const gone = await watcher.next();
  assert.deepEqual(gone, { type: 'presence', online: [], offline: ['course'] });
  const took = performance.now() - start;
  assert.ok(took < 10_000, `${took} ms`);
  await watcher.close();
});
