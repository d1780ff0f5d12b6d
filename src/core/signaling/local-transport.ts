import { Hub } from '../../hub/hub.js';
import type { Client } from '../../hub/client.js';
import { unlimitedRings } from '../../hub/settings.js';
import { randomId } from '../../protocol/ids.js';
import { RtcError } from '../errors.js';
import type { SignalingSocket } from './signaling-socket.js';

/**
 * The messages on the BroadcastChannel. Clients send to the hub; the hub sends to one client, or,
 * with `up`, to all: a new hub has taken over and knows nobody.
 */
type Post =
  | { to: 'hub'; from: string; do: 'open' | 'frame' | 'close'; frame?: string; code?: number }
  | { to: string; do: 'opened' | 'frame' | 'closed'; frame?: string; code?: number }
  | { to: '*'; do: 'up' };

const channelName = (name: string) => `rtc-widgets:${name}`;

/** Names for which this tab holds the lock, or waits for it: one hub a tab is enough. */
const standingFor = new Set<string>();

/** The connection of one client to the hub that runs in a tab of this origin. */
export class LocalTransport implements SignalingSocket {
  onopen: SignalingSocket['onopen'] = null;
  onmessage: SignalingSocket['onmessage'] = null;
  onclose: SignalingSocket['onclose'] = null;

  readonly #id = randomId();
  readonly #channel: BroadcastChannel;

  /** @throws {RtcError} `local-unsupported` where the browser or the page's context cannot */
  constructor(name: string) {
    if (!globalThis.BroadcastChannel || !navigator.locks) throw new RtcError('local-unsupported');
    this.#channel = new BroadcastChannel(channelName(name));
    this.#channel.onmessage = ({ data }: MessageEvent<Post>) => this.#receive(data);
    addEventListener('pagehide', this.#onPagehide);
    standFor(name);
    this.#post('open');
  }

  send(frame: string): void {
    this.#post('frame', { frame });
  }

  close(code = 1000): void {
    this.#post('close', { code });
    this.#end(code);
  }

  #receive(post: Post): void {
    if (post.to === '*') {
      // To one that has just asked, the new hub is the first; to the others it is a restart.
      if (this.#open) this.#end(1006);
      else this.#post('open');
    } else if (post.to === this.#id) {
      if (post.do === 'opened') this.#opened();
      else if (post.do === 'frame')
        this.onmessage?.(new MessageEvent('message', { data: post.frame }));
      else this.#end((post as { code?: number }).code ?? 1006);
    }
  }

  #open = false;
  #opened(): void {
    if (this.#open) return;
    this.#open = true;
    this.onopen?.(new Event('open'));
  }

  #end(code: number): void {
    removeEventListener('pagehide', this.#onPagehide);
    this.#channel.close();
    this.onclose?.(new CloseEvent('close', { code }));
    this.onclose = null;
  }

  #post(what: 'open' | 'frame' | 'close', rest: { frame?: string; code?: number } = {}): void {
    this.#channel.postMessage({ to: 'hub', from: this.#id, do: what, ...rest } satisfies Post);
  }

  // A page that goes away says so, as a browser does for a WebSocket (close code 1001).
  #onPagehide = (): void => this.#post('close', { code: 1001 });
}

/** Runs the hub in this tab as soon as no other tab of this origin does. */
function standFor(name: string): void {
  if (standingFor.has(name)) return;
  standingFor.add(name);
  void navigator.locks.request(channelName(name), () => {
    runHub(new BroadcastChannel(channelName(name)));
    // Held until the tab closes: the lock then passes to the next.
    return new Promise(() => {});
  });
}

function runHub(channel: BroadcastChannel): void {
  const hub = new Hub({ settings: { rings: unlimitedRings } });
  const clients = new Map<string, Client>();
  const post = (message: Post) => channel.postMessage(message);
  const close = (id: string, code: number) => {
    void clients.get(id)?.closed(code);
    clients.delete(id);
  };
  channel.onmessage = ({ data }: MessageEvent<Post>) => {
    if (data.to !== 'hub') return;
    const { from } = data as Extract<Post, { to: 'hub' }>;
    if (data.do === 'frame') void clients.get(from)?.receive(String(data.frame));
    else if (data.do === 'close') close(from, data.code ?? 1006);
    else if (!clients.has(from)) {
      const client = hub.connect({
        send: (frame) => post({ to: from, do: 'frame', frame }),
        close: (code) => {
          post({ to: from, do: 'closed', code });
          close(from, code);
        },
      });
      clients.set(from, client);
      post({ to: from, do: 'opened' });
    }
  };
  post({ to: '*', do: 'up' });
}
