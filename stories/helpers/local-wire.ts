type Post = { to: string; from?: string; do: string; frame?: string; code?: number };

/** The close code of the `local:` transport when its hub is lost, as with a WebSocket. */
const LOST = 1006;

/** The wire of a `local:` server, to be cut where a story shows what a loss looks like. */
export class LocalWire {
  readonly #channel: BroadcastChannel;
  readonly #lock: string;
  /** The connection of each person, as the hub knows it. */
  readonly #connections = new Map<string, string>();
  #release: (() => void) | undefined;

  /** @param server `local:NAME` */
  constructor(server: string) {
    this.#lock = server.replace('local:', 'rtc-widgets:');
    this.#channel = new BroadcastChannel(this.#lock);
    this.#channel.onmessage = ({ data }: MessageEvent<Post>) => this.#overhear(data);
  }

  /**
   * The hub loses a person: the others hear that they are away.
   * @param code as of a WebSocket; 1001 for a page that was closed
   */
  lose(name: string, code = LOST): void {
    this.#post({ to: 'hub', from: this.#connections.get(name), do: 'close', code });
  }

  /** A person loses the hub. */
  cut(name: string): void {
    this.#post({ to: this.#connections.get(name)!, do: 'closed', code: LOST });
  }

  /** Nobody runs the hub: a sign-in has to wait. */
  silence(): Promise<void> {
    return new Promise((silent) => {
      void navigator.locks.request(this.#lock, () => {
        silent();
        return new Promise<void>((release) => (this.#release = release));
      });
    });
  }

  close(): void {
    this.#release?.();
    this.#channel.close();
  }

  #overhear({ to, from, do: what, frame }: Post): void {
    if (to !== 'hub' || what !== 'frame' || !frame) return;
    const message = JSON.parse(frame) as { type: string; name: string };
    if (message.type === 'login') this.#connections.set(message.name, from!);
  }

  #post(post: Post): void {
    this.#channel.postMessage(post);
  }
}
