import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Bystanders } from '../test/helpers/bystanders.js';
import { until } from '../test/helpers/e2e/until.js';
import { Fuzzer, fuzzedHub } from '../test/helpers/fuzzer.js';
import { pretendPage } from '../test/helpers/pretend-page.js';
import { startRedis } from '../test/helpers/redis.js';
import { createServer, type RunningServer, type ServerEvent } from './index.js';

const frames = 20_000;
/** Frames that are sent between two things that the bystanders say. */
const stride = 200;

/** Set SEED to send again what failed once. */
const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));

pretendPage();

describe(`${frames} mutated frames (SEED=${seed})`, () => {
  it('break nothing, and reach only their recipients', { timeout: 120_000 }, async () => {
    await fuzz([await start()]);
  });

  it('do neither over Redis', { timeout: 120_000 }, async () => {
    const redis = await startRedis();
    try {
      await fuzz([await start(redis.url), await start(redis.url)]);
    } finally {
      await redis.stop();
    }
  });
});

interface Fuzzed {
  server: RunningServer;
  faults: unknown[];
}

async function start(bus?: string): Promise<Fuzzed> {
  const faults: unknown[] = [];
  const server = await createServer({
    host: '127.0.0.1',
    port: 0,
    hub: fuzzedHub,
    limits: { framesPerSecond: 1_000_000, bytesPerSecond: 1_000_000_000 },
    metrics: { port: 0, host: '127.0.0.1' },
    observer: (event: ServerEvent) => {
      if (event.type === 'fault') faults.push(event.error);
    },
    ...(bus && { bus }),
  });
  return { server, faults };
}

/** Fuzzes servers, and closes them. */
async function fuzz(servers: Fuzzed[]): Promise<void> {
  const urls = servers.map(({ server }) => server.url);
  const bystanders = await Bystanders.start(urls);
  const fuzzer = await Fuzzer.start(urls, { seed, live: bystanders.live });
  bystanders.check = (...received) => fuzzer.check(...received);
  const problems = () => [
    ...servers.flatMap(({ faults }) => faults),
    ...fuzzer.problems,
    ...bystanders.problems,
  ];
  try {
    for (let sent = 0; sent < frames; sent += stride) {
      await fuzzer.send(stride);
      bystanders.say();
      assert.deepEqual(problems(), []);
    }
    await bystanders.heardAll();
    await Promise.all([fuzzer.stop(), bystanders.stop()]);
    for (const { server } of servers) {
      await until('nobody is left', async () => {
        const figures = await (await fetch(server.metricsUrl!)).text();
        return figures.includes('\nrtc_connections 0\n');
      });
    }
    assert.deepEqual(problems(), []);
  } finally {
    await Promise.all([fuzzer.stop(), bystanders.stop()]);
    for (const { server } of servers) await server.close();
  }
}
