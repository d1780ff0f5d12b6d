import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PeerServer } from 'peer';
import type { Page } from 'puppeteer-core';
import type { Ends } from './browsers.js';
import { find } from './find.js';
import { callButton, hangUpButton, remoteVideo, serveKit, signIn } from './kit.js';
import { servePage } from './page-server.js';
import { passOn } from './relay.js';

/** A way to make the same call; the callee accepts automatically. */
export interface Contestant {
  name: string;
  /** Makes both pages ready for a call. */
  open(pages: Ends<Page>): Promise<void>;
  callButton: string;
  hangUpButton: string;
  remoteVideo: string;
}

export const plainPage = {
  callButton: '#call:enabled',
  hangUpButton: '#hang-up',
  remoteVideo: '#remote',
};

/** Where a signaling server is reached that listens on a port: there, or through a proxy. */
type Way = (port: number) => number | Promise<number>;
const direct: Way = (port) => port;

export async function kit(way = direct): Promise<Contestant> {
  const { port } = await serveKit();
  const page = `http://localhost:${await way(port)}/video.html`;
  return {
    name: 'rtc-widgets',
    callButton,
    hangUpButton,
    remoteVideo,
    async open({ caller, callee }) {
      await signIn(caller, page, 'caller');
      await signIn(callee, page, 'callee');
      const set = (tab: Page, name: string, value: string) =>
        tab.$eval('rtc-video-call', (tag, ...its) => tag.setAttribute(...its), name, value);
      await set(caller, 'peer', 'callee');
      await set(callee, 'auto-accept', '*');
    },
  };
}

/** An RTCPeerConnection a side, and a relay that passes every message on to the other. */
export async function bare(name: string, way = direct): Promise<Contestant> {
  const { server, url } = await servePage('bare');
  const port = await way(Number(new URL(url).port));
  passOn(server);
  return { name, ...plainPage, open: (pages) => openBoth(pages, `${url}/?port=${port}`) };
}

/** PeerJS over its own server. */
export async function peerjs(way = direct): Promise<Contestant> {
  const { url } = await servePage('peerjs');
  const server = await new Promise<Server>((resolve) => {
    PeerServer({ host: 'localhost', port: 0 }, (listening) => resolve(listening as Server));
  });
  if (!server.listening) await once(server, 'listening');
  const port = await way((server.address() as AddressInfo).port);
  return { name: 'PeerJS', ...plainPage, open: (pages) => openBoth(pages, `${url}/?port=${port}`) };
}

export async function openBoth({ caller, callee }: Ends<Page>, url: string): Promise<void> {
  await callee.goto(`${url}#callee`);
  await caller.goto(`${url}#caller`);
  await find(callee, plainPage.callButton);
  await find(caller, plainPage.callButton);
}
