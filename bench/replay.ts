// From the return of a link to the first message that was kept meanwhile, in Chromium: the kit's
// client reconnects, signs in by its token and hears of a call; beside it, what a bare WebSocket to the
// same server takes to open. Both go through the same proxy, which cuts the link before each
// round, and take turns; 25 rounds. Median and quartiles.
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';
import { createServer } from '../server/index.js';
import { FaultProxy } from '../test/helpers/fault-proxy.js';
import { WsClient } from '../test/helpers/ws-client.js';
import { withBrowsers } from './lib/browsers.js';
import { servePage } from './lib/page-server.js';
import { report } from './lib/report.js';
import { median, milliseconds } from './lib/statistics.js';

const limit = 1.5;
const rounds = 25;
const warmUps = 3;
/** How long the link is down: attempts fail meanwhile; milliseconds. */
const away = 700;

const server = await createServer({ port: 0 });
const proxy = await FaultProxy.start(() => server.port);
const times = { kit: [] as number[], bare: [] as number[], again: [] as number[] };

await withBrowsers(async ({ caller: browser }) => {
  const { url } = await servePage('replay');
  const page = await browser.newPage();
  await page.goto(`${url}/?server=ws://localhost:${proxy.port}/`);
  await page.evaluate(() => window.replay.login());
  const bob = await WsClient.signedIn(server.url, 'bob');
  for (let round = -warmUps; round < rounds; round++) {
    const turns = [
      ['bare', () => timeBare(page)],
      ['kit', () => timeKit(page, bob, round)],
      ['again', () => timeBare(page)],
    ] as const;
    for (const [name, time] of round % 2 ? turns : turns.toReversed()) {
      const taken = await time();
      if (round >= 0) times[name].push(taken);
    }
  }
});

const control = `bare WebSocket ${milliseconds(times.bare)}`;
const ratio = median(times.kit) / median(times.bare);
report([
  {
    claim: 'Link back to the first replayed message, against a WebSocket handshake',
    figure: `rtc-widgets ${milliseconds(times.kit)}`,
    control,
    ratio,
    limit: `${limit} × bare`,
    passed: ratio <= limit,
  },
  {
    claim: 'The handshake against itself',
    figure: `bare WebSocket again ${milliseconds(times.again)}`,
    control,
    ratio: median(times.again) / median(times.bare),
  },
]);
// The servers and the proxy would keep this process alive.
process.exit();

function timeBare(page: Page): Promise<number> {
  return page.evaluate(() => window.replay.bare());
}

/** Cuts the link, has Bob call, and lets the link come back. */
async function timeKit(page: Page, bob: WsClient, round: number): Promise<number> {
  const call = `round-${round + warmUps}`;
  proxy.cut();
  await page.evaluate(() => window.replay.lost());
  await delay(away);
  bob.send({ type: 'call', name: 'alice', call, kind: 'chat' });
  proxy.mend();
  const time = await page.evaluate(() => window.replay.kit());
  bob.send({ type: 'cancel', name: 'alice', call });
  return time;
}
