import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import send from 'send';
import { captureNode } from '../../../scripts/lib/run.mjs';
import { atEnd } from './at-end.js';

export interface Story {
  id: string;
  type: string;
  title: string;
  name: string;
}

export interface Storybook {
  stories: Story[];
  /** Where a story stands alone. */
  urlOf(story: Story): string;
}

/** Builds Storybook and serves it for as long as the test runs. */
export async function startStorybook(t: TestContext): Promise<Storybook> {
  const folder = await mkdtemp(join(tmpdir(), 'rtc-widgets-storybook-'));
  atEnd(t, () => rm(folder, { recursive: true }));
  const { code, output } = await captureNode([
    'node_modules/storybook/dist/bin/dispatcher.js',
    'build',
    '--quiet',
    '--disable-telemetry',
    `--output-dir=${folder}`,
  ]);
  if (code !== 0) throw new Error(`Storybook does not build:\n${output}`);

  const server = createServer((request, response) => {
    send(request, request.url!.split('?', 1)[0]!, { root: folder }).pipe(response);
  });
  await new Promise<void>((listening) => server.listen(0, 'localhost', listening));
  atEnd(t, () => {
    server.close();
    server.closeAllConnections();
  });

  const { entries } = JSON.parse(await readFile(join(folder, 'index.json'), 'utf8')) as {
    entries: Record<string, Story>;
  };
  const { port } = server.address() as AddressInfo;
  return {
    stories: Object.values(entries).filter(({ type }) => type === 'story'),
    urlOf: ({ id }) => `http://localhost:${port}/iframe.html?id=${id}&viewMode=story`,
  };
}
