import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CDPSession, Page } from 'puppeteer-core';
import { atEnd } from '../helpers/e2e/at-end.js';
import { bundle } from '../helpers/e2e/bundle.js';
import { chromiumOf } from '../helpers/e2e/chromium.js';
import type { Plan } from '../helpers/e2e/in-page/many-calls.js';
import { kitPage, startSiteOf } from '../helpers/e2e/site.js';
import { until } from '../helpers/e2e/until.js';

const rounds = 10;

/** The calls of a round. Every round ends with the same call: the page keeps what that one left. */
const round: Plan[] = [];
for (const caller of ['alice', 'bob'] as const) {
  for (const endedBy of ['caller', 'callee'] as const) {
    round.push({ kind: 'video', caller, endedBy, accepted: false });
    for (const kind of ['chat', 'voice', 'video'] as const) {
      round.push({ kind, caller, endedBy, accepted: true, chat: kind === 'video' });
    }
    for (const kind of ['voice', 'video'] as const) {
      round.push({ kind, caller, endedBy, accepted: true, bare: true, chat: kind === 'video' });
    }
  }
}
const connected = rounds * round.filter(({ accepted }) => accepted).length;

/** Kept by each person's last call, to show its end. The last chat used the same connection. */
const kept = { connections: 2, tracks: 2 * 2 };

/** A beat for each person. */
const beats = [15_000, 15_000];

/**
 * Bytes that each call may leave. One that is held takes more, at each end; what V8 keeps of the
 * code that runs often comes to less, and grows no more after a hundred calls.
 */
const bytesPerCall = 2000;

const provider = (name: string) => `
  <rtc-provider id="${name}" server="local:leaks" max-video="160x120">
    <rtc-login></rtc-login>
    <rtc-roster></rtc-roster>
    <rtc-video-call></rtc-video-call>
    <rtc-voice-call></rtc-voice-call>
    <rtc-text-chat></rtc-text-chat>
  </rtc-provider>`;

test(`${connected} calls made and ended in a page leave nothing behind`, async (t) => {
  const site = await startSiteOf(t, { 'two.html': kitPage(provider('alice') + provider('bob')) });
  const browser = await chromiumOf('all');
  const page = await browser.newPage();
  atEnd(t, () => page.close());
  const problems: unknown[] = [];
  page.on('pageerror', (error) => problems.push(error));
  await page.evaluateOnNewDocument(await bundle('in-page/many-calls.ts'));
  await page.goto(`${site.url}/two.html`);
  // From now on the page may ring aloud.
  await page.mouse.click(1, 1);
  const watch = await Watch.of(page);
  await page.evaluate(() => manyCalls.signIn());

  // Things that are made once and stay come with the first calls.
  await page.evaluate((plans) => manyCalls.calls(plans), round);
  const before = await watch.steady('after the first calls', (now) => {
    const { connections, tracks } = kept;
    return now.connections <= connections && now.tracks <= tracks && isResting(now);
  });
  for (let i = 0; i < rounds; i++) {
    await page.evaluate((plans) => manyCalls.calls(plans), round);
  }
  const after = await watch.steady('after all calls', (now) => fits(now, before), before);
  t.diagnostic(JSON.stringify({ before, after }));

  await page.evaluate(() => manyCalls.leave());
  await watch.steady(
    'with the tags taken away',
    ({ connections, tracks, streams, channels, timers }) => {
      return connections + tracks + streams + channels + timers.length === 0;
    },
  );
  assert.deepEqual(problems, []);
  assert.deepEqual(await page.evaluate(() => manyCalls.errors()), ['media-denied']);
});

/** The counts of things alive in the page. */
interface Figures {
  connections: number;
  tracks: number;
  streams: number;
  channels: number;
  sounds: number;
  nodes: number;
  listeners: number;
  timers: number[];
  heap: number;
}

const isResting = ({ timers }: Figures) => String(timers) === String(beats);

/** Whether there is no more of anything than before, but for a little of the heap. */
function fits(now: Figures, before: Figures): boolean {
  const { timers: _, heap, ...counts } = now;
  return (
    Object.entries(counts).every(([kind, count]) => count <= before[kind as keyof typeof counts]) &&
    isResting(now) &&
    heap - before.heap <= connected * bytesPerCall
  );
}

/** Counts what is alive in a page. */
class Watch {
  readonly #page: Page;
  readonly #cdp: CDPSession;

  private constructor(page: Page, cdp: CDPSession) {
    this.#page = page;
    this.#cdp = cdp;
  }

  static async of(page: Page): Promise<Watch> {
    const cdp = await page.createCDPSession();
    await cdp.send('HeapProfiler.enable');
    await cdp.send('Performance.enable');
    return new Watch(page, cdp);
  }

  /** Waits until the figures are as they should be: the browser itself lets go a little later. */
  async steady(
    when: string,
    fine: (figures: Figures) => boolean,
    before?: Figures,
  ): Promise<Figures> {
    let last: Figures | undefined;
    const look = async () => {
      last = await this.#look();
      return fine(last) && last;
    };
    return until(`nothing left ${when}`, look, 30_000).catch((cause: Error) => {
      throw new Error(`${cause.message}\n${JSON.stringify({ before, last })}`, { cause });
    });
  }

  async #look(): Promise<Figures> {
    const connections = await this.#live('RTCPeerConnection');
    const tracks = await this.#live('MediaStreamTrack');
    const streams = await this.#live('MediaStream');
    const channels = await this.#live('RTCDataChannel');
    const timers = await this.#page.evaluate(() => manyCalls.timers());
    await this.#cdp.send('HeapProfiler.collectGarbage');
    await this.#page.evaluate(() => manyCalls.letGoOfSounds());
    const { metrics } = await this.#cdp.send('Performance.getMetrics');
    const metric = (wanted: string) => metrics.find(({ name }) => name === wanted)!.value;
    return {
      connections,
      tracks,
      streams,
      channels,
      sounds: metric('AudioHandlers'),
      nodes: metric('Nodes'),
      listeners: metric('JSEventListeners'),
      timers,
      heap: metric('JSHeapUsedSize'),
    };
  }

  /** How many objects of a class the garbage collector finds in use. */
  async #live(
    name: 'RTCPeerConnection' | 'MediaStreamTrack' | 'MediaStream' | 'RTCDataChannel',
  ): Promise<number> {
    const prototype = await this.#page.evaluateHandle((of) => globalThis[of].prototype, name);
    const all = await this.#page.queryObjects<object>(prototype);
    const count = await all.evaluate((objects) => (objects as unknown as object[]).length);
    await Promise.all([prototype.dispose(), all.dispose()]);
    return count;
  }
}
