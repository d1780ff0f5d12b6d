import type { PageSession } from '../../src/context/page-session.js';
import type { RtcProvider } from '../../src/components/provider/provider.js';
import { Session, type Call, type CallKind, type SessionSettings } from '../../src/core/index.js';
import type { RtcCallIncomingEvent } from '../../src/events/call-events.js';
import { LocalWire } from './local-wire.js';
import { devicesOf } from './people.js';

/** How a guest takes calls. */
export interface GuestOptions extends Partial<SessionSettings> {
  /** Accepts every call that rings. */
  accepts?: boolean;
  /** The kinds of call that the guest's page takes; by default all. */
  takes?: CallKind[];
}

/** Pictures a second in scenes: there are many of them side by side. */
export const FRAME_RATE = 5;

/** Two people in a call, each with their end of it. */
interface Ends {
  bob: Session;
  mine: Call;
  theirs: Call;
}

/** Time that stands still, for what would otherwise be over in a moment. */
export const stoppedClock: SessionSettings['clock'] = {
  now: () => 0,
  after: () => () => {},
};

/** The means to bring a story's tag into a state: real people on a real `local:` server. */
export class Stage {
  readonly server: string;
  readonly provider: RtcProvider;
  readonly wire: LocalWire;
  readonly #guests: Session[] = [];
  #over = false;

  constructor(provider: RtcProvider) {
    this.provider = provider;
    this.server = provider.server;
    this.wire = new LocalWire(provider.server);
  }

  /** The person on whose page the tag is. */
  get me(): PageSession {
    return this.provider.session!;
  }

  // Functions of their own rather than methods, so that a scene may take out those it needs.

  /** Somebody else, who has no page. */
  readonly invite = async (name: string, options: GuestOptions = {}): Promise<Session> => {
    if (this.#over) throw new Error('The story was left');
    const { accepts, takes, ...settings } = options;
    const guest = new Session(this.server, {
      getUserMedia: devicesOf(name, FRAME_RATE),
      ...settings,
    });
    this.#guests.push(guest);
    if (takes) guest.takes = (kind) => takes.includes(kind);
    if (accepts) {
      guest.addEventListener('rtc-call-incoming', (event) => {
        accept((event as RtcCallIncomingEvent).call);
      });
    }
    await guest.login(name);
    return guest;
  };

  /** Calls Bob, who accepts. @returns both ends of the call, once it is connected */
  readonly callBob = async (kind: CallKind = 'video'): Promise<Ends> => {
    const bob = await this.invite('Bob', { accepts: true });
    const mine = this.me.call('Bob', kind)!;
    await phase(mine, 'active');
    return { bob, mine, theirs: bob.state.calls.at(-1)! };
  };

  /** Bob calls, and does not give up. @returns his end of the call, once it rings here */
  readonly ringFromBob = async (kind: CallKind = 'video'): Promise<Call> => {
    const bob = await this.invite('Bob', { clock: stoppedClock });
    const call = bob.call('Ann', kind)!;
    await until(call, () => call.state.reached);
    return call;
  };

  /** The first element on the page that fits, also in shadow roots, as soon as there is one. */
  readonly find = async <T extends HTMLElement>(selector: string): Promise<T> => {
    for (let tries = 0; tries < 100; tries++) {
      const found = deepQuery(this.provider, selector);
      if (found) return found as T;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`No ${selector}`);
  };

  /** Presses a button of the tag. */
  readonly press = async (selector: string): Promise<void> => {
    (await this.find(selector)).click();
  };

  end(): void {
    this.#over = true;
    for (const guest of this.#guests) guest.destroy();
    this.wire.close();
  }
}

/** Settles when a call has reached a phase. */
export function phase(call: Call, wanted: Call['state']['phase']): Promise<void> {
  return until(call, () => call.state.phase === wanted);
}

/** Settles when something that fires `change` has come to be so. */
export function until(store: EventTarget, so: () => boolean): Promise<void> {
  if (so()) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const giveUp = setTimeout(() => reject(new Error(`Never became so: ${String(so)}`)), 20_000);
    store.addEventListener('change', function look() {
      if (!so()) return;
      clearTimeout(giveUp);
      store.removeEventListener('change', look);
      resolve();
    });
  });
}

function accept(call: Call): void {
  // A task later, so that the ring is over with before its answer.
  setTimeout(() => void call.accept());
}

function deepQuery(root: ParentNode, selector: string): Element | null {
  const found = root.querySelector(selector);
  if (found) return found;
  for (const { shadowRoot } of root.querySelectorAll('*')) {
    const deeper = shadowRoot && deepQuery(shadowRoot, selector);
    if (deeper) return deeper;
  }
  return null;
}
