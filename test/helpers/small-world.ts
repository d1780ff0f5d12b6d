import { Session } from '../../src/core/session.js';
import type { Call } from '../../src/core/call/call.js';
import type { RtcErrorEvent } from '../../src/events/error-event.js';
import type { Client } from '../../src/hub/client.js';
import { Hub } from '../../src/hub/hub.js';
import { FakeClock, settled } from './fake-clock.js';
import {
  Ether,
  FakeMediaStream,
  FakePeerConnection,
  type Wire,
  Wires,
} from './fake-connections.js';
import { FakeTrack } from './fake-line.js';

/** The world that new sockets and connections belong to. */
let present: SmallWorld;
/** Numbers, so that what is random elsewhere is the same in each run of a seed. */
let count = 0;

/** A page, with its session and the events it was told. */
export class Page {
  readonly session: Session;
  /** Codes of the `rtc-error` events. */
  readonly errors: string[] = [];
  readonly tracks: FakeTrack[] = [];
  /** Every call that there was at this page, by its id. */
  readonly calls = new Map<string, Call>();
  socket: FakeSocket | undefined;
  readonly name: string;

  constructor(name: string, { clock }: SmallWorld) {
    this.name = name;
    this.session = new Session(`ws://hub.test/${name}`, {
      clock,
      getUserMedia: async ({ audio, video }) => {
        await Promise.resolve();
        const tracks = [audio && 'audio', video && 'video'].filter((kind) => !!kind);
        const made = tracks.map((kind) => new FakeTrack(kind as string));
        this.tracks.push(...made);
        return new FakeMediaStream(made) as unknown as MediaStream;
      },
    });
    this.session.addEventListener('rtc-error', (event) => {
      this.errors.push((event as RtcErrorEvent).code);
    });
    this.session.addEventListener('change', () => {
      for (const call of this.session.state.calls) this.calls.set(call.id, call);
    });
  }

  get live(): Call[] {
    return this.session.state.calls.filter((call) => !call.ended);
  }
}

/** A WebSocket to the hub of the present world. */
class FakeSocket {
  onopen: ((event: Event) => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  onerror: unknown = null;
  readonly #up: Wire;
  readonly #down: Wire;
  #client: Client | undefined;
  /** Nothing more that is sent on it, from either side, arrives. */
  #cut = false;

  constructor(address: string) {
    const { hub, pages, wires } = present;
    const name = new URL(address).pathname.slice(1);
    const page = pages.find((each) => each.name === name);
    if (page) page.socket = this;
    this.#up = wires.add(name);
    this.#down = wires.add(name);
    this.#down.put(() => {
      this.#client = hub.connect({
        send: (frame) => this.#toPage(() => this.onmessage?.({ data: frame })),
        close: (code) => {
          void this.#client!.closed(code);
          this.#toPage(() => this.onclose?.({ code }));
          this.#cut = true;
        },
      });
      this.onopen?.(new Event('open'));
    });
  }

  send(frame: string): void {
    if (!this.#cut) this.#up.put(() => void this.#client!.receive(frame));
  }

  close(code = 1005): void {
    this.#down.lose();
    if (!this.#cut) this.#up.put(() => void this.#client?.closed(code));
    this.#cut = true;
  }

  /**
   * The connection is lost: one end hears of it now, and the other when that has arrived there.
   * @param spare whether what is on its way to the other end still arrives
   */
  lose(first: 'page' | 'hub', spare: boolean): void {
    if (this.#cut) return;
    this.#cut = true;
    const [to, from] = first === 'page' ? [this.#up, this.#down] : [this.#down, this.#up];
    from.lose();
    if (!spare) to.lose();
    const page = () => this.onclose?.({ code: 1006 });
    const hub = () => void this.#client?.closed(1006);
    if (first === 'page') page();
    else hub();
    to.put(first === 'page' ? hub : page);
  }

  /** Lets everything on its way to the hub arrive. */
  heard(): void {
    while (!this.#up.empty) this.#up.deliver();
  }

  #toPage(arrive: () => void): void {
    if (!this.#cut) this.#down.put(arrive);
  }
}

/** A kit client without a page, which sends what a test says and keeps what it is sent. */
export class Stranger {
  /** Every message that has come, in order. */
  readonly heard: Record<string, unknown>[] = [];
  #socket!: FakeSocket;
  readonly #name: string;

  constructor(name: string) {
    this.#name = name;
  }

  /** Connects and signs in, for the first time or anew. */
  signIn(): void {
    this.#socket = new FakeSocket(`ws://hub.test/${this.#name}`);
    this.#socket.onopen = () => {
      this.send({ type: 'login', name: this.#name, hello: { version: 1 } });
    };
    this.#socket.onmessage = ({ data }) => {
      this.heard.push(JSON.parse(data) as Record<string, unknown>);
    };
  }

  send(message: object): void {
    this.#socket.send(JSON.stringify(message));
  }

  signOut(): void {
    this.#socket.close(1000);
  }
}

/** Some pages and a hub, where everything that happens happens when a test says so. */
export class SmallWorld {
  readonly clock = new FakeClock();
  readonly wires = new Wires();
  readonly ether = new Ether(this.wires, this.clock);
  readonly pages: Page[];
  readonly hub: Hub;
  /** Errors that the hub reported. */
  readonly faults: unknown[] = [];

  constructor(...names: string[]) {
    // eslint-disable-next-line @typescript-eslint/no-this-alias
    present = this;
    count = 0;
    this.hub = new Hub({
      clock: this.clock,
      observer: (event) => {
        if (event.type === 'fault') this.faults.push(event.error);
      },
    });
    this.pages = names.map((name) => new Page(name, this));
  }

  /** Everybody signs in. */
  async signIn(): Promise<void> {
    const all = this.pages.map(({ session, name }) => session.login(name));
    await settled();
    await this.arrive();
    await Promise.all(all);
  }

  /** The next thing on one of the wires arrives. */
  async deliver(pick: number): Promise<void> {
    const { busy } = this.wires;
    busy[pick % busy.length]?.deliver();
    await settled();
  }

  /** Everything that is on its way arrives, and what comes of it; but for that of `without`. */
  async arrive(without?: Page): Promise<void> {
    const waiting = () =>
      this.wires.busy.filter(({ page }) => !without || (page && page !== without.name));
    for (let busy = waiting(); busy.length; busy = waiting()) {
      for (const wire of busy) wire.deliver();
      await settled();
    }
  }

  /** Time passes in which nothing is late by more than `step`. */
  async goOn(milliseconds: number, step: number, without?: Page): Promise<void> {
    await this.arrive(without);
    for (const end = this.clock.now() + milliseconds; this.clock.now() < end;) {
      await this.clock.advance(step);
      await this.arrive(without);
    }
  }

  /** Resources not released: timers, connections, devices. */
  get left(): string[] {
    const { waiting } = this.clock;
    const open = [...this.ether.all.values()].filter((each) => each.signalingState !== 'closed');
    const tracks = this.pages.flatMap((page) => page.tracks);
    return [
      ...(waiting ? [`${waiting} timers`] : []),
      ...open.map(({ id }) => `connection ${id}`),
      ...tracks.filter(({ readyState }) => readyState === 'live').map(({ kind }) => kind),
    ];
  }

  /** Calls, with an id that is smaller or larger than any of the other kind. */
  call(page: Page, name: string, kind: Call['kind'], small: boolean): Call | undefined {
    lead = small ? 0x00 : 0xff;
    const call = page.session.call(name, kind);
    lead = 0x7f;
    return call;
  }
}

/** The first byte of what is random. */
let lead = 0x7f;

/** Puts in place what Node lacks of a browser, and what there would be different in each run. */
export function pretendWorld(): void {
  globalThis.navigator ??= {} as Navigator;
  Object.assign(globalThis, {
    location: { href: 'http://hub.test/' },
    addEventListener: () => {},
    removeEventListener: () => {},
    MediaStream: FakeMediaStream,
    WebSocket: FakeSocket,
    RTCPeerConnection: class extends FakePeerConnection {
      constructor() {
        super(present.ether);
      }
    },
  });
  crypto.getRandomValues = (<T extends Uint8Array>(bytes: T): T => {
    bytes.fill(0);
    bytes[0] = lead;
    new DataView(bytes.buffer).setUint32(4, ++count);
    return bytes;
  }) as Crypto['getRandomValues'];
  // The later of two logins counts: no two are made at the same time.
  let now = 0;
  Date.now = () => ++now;
  // How long a page waits before it connects again.
  Math.random = () => 0.5;
}
