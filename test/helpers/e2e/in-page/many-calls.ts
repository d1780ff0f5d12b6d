/** Functions for `leaks.test.ts`, bundled and run in its page before the page's own scripts. */
import type { RtcProvider } from '../../../../src/components/provider/provider.js';
import type { RtcCallEndEvent, RtcCallIncomingEvent } from '../../../../src/events/call-events.js';
import type { CallKind } from '../../../../src/protocol/messages.js';

/** How a call goes that one of the two in this page makes to the other. */
export interface Plan {
  kind: CallKind;
  caller: 'alice' | 'bob';
  /** The side that ends it: while it rings, if it is not accepted. */
  endedBy: 'caller' | 'callee';
  accepted: boolean;
  /** Neither has a camera or a microphone. */
  bare?: boolean;
  /** They chat meanwhile, on the same connection. */
  chat?: boolean;
}

/** Delays of the timers that have been set and neither called off nor run, by their ids. */
const pending = new Map<number, number>();

function countTimers(): void {
  const [begin, repeat, stop] = [setTimeout, setInterval, clearTimeout];
  globalThis.setTimeout = ((task: (...rest: unknown[]) => void, delay = 0, ...rest: unknown[]) => {
    const id = begin(() => {
      pending.delete(id);
      task(...rest);
    }, delay) as unknown as number;
    pending.set(id, delay);
    return id;
  }) as typeof setTimeout;
  globalThis.setInterval = ((...args: [() => void, number]) => {
    const id = repeat(...args) as unknown as number;
    pending.set(id, args[1]);
    return id;
  }) as typeof setInterval;
  // Either takes the ids of both.
  globalThis.clearTimeout = globalThis.clearInterval = (id) => {
    pending.delete(id as number);
    stop(id);
  };
}

/** The audio contexts of the page. */
const sounding: AudioContext[] = [];

function noteAudioContexts(): void {
  globalThis.AudioContext = new Proxy(AudioContext, {
    construct(Real, options: [AudioContextOptions?]) {
      const context = new Real(...options);
      sounding.push(context);
      return context;
    },
  });
}

let bare = false;

/** The browser's fake devices, unless a call is to have none. */
function installDevices(): void {
  const { mediaDevices } = navigator;
  const own = mediaDevices.getUserMedia.bind(mediaDevices);
  mediaDevices.getUserMedia = async (constraints) => {
    if (bare) throw new DOMException('As the test wants it', 'NotAllowedError');
    return own(constraints);
  };
}

const people = ['alice', 'bob'];

const provider = (name: string) => document.getElementById(name) as RtcProvider;

/** Makes a call, from the ring until both know that it is over. */
async function call(plan: Plan): Promise<void> {
  bare = !!plan.bare;
  const caller = provider(plan.caller);
  const callee = provider(plan.caller === 'alice' ? 'bob' : 'alice');
  const rings = next<RtcCallIncomingEvent>(callee, 'rtc-call-incoming');
  const outgoing = caller.call(callee.id, plan.kind)!;
  const incoming = (await rings).call;
  if (plan.accepted) {
    const connected = [caller, callee].map(starts);
    void incoming.accept();
    await Promise.all(connected);
    // By then both sides show everything that comes with the connection.
    await new Promise(requestAnimationFrame);
    if (plan.kind === 'video' && !bare) await Promise.all([caller, callee].map(picture));
    if (plan.chat) await call({ ...plan, kind: 'chat', chat: false });
  }
  const over = [caller, callee].map((each) => next(each, 'rtc-call-end'));
  (plan.endedBy === 'caller' ? outgoing : incoming).hangUp();
  await Promise.all(over);
}

const next = <T extends Event>(target: EventTarget, type: string) =>
  new Promise<T>((resolve) =>
    target.addEventListener(type, (event) => resolve(event as T), { once: true }),
  );

/** Waits until a call is connected. @throws when it ends instead */
function starts(target: EventTarget): Promise<void> {
  const stop = new AbortController();
  return new Promise<void>((resolve, reject) => {
    const { signal } = stop;
    target.addEventListener('rtc-call-start', () => resolve(), { signal });
    target.addEventListener(
      'rtc-call-end',
      (event) => reject(new Error(`Not connected: ${(event as RtcCallEndEvent).reason}`)),
      { signal },
    );
  }).finally(() => stop.abort());
}

/** Waits until the other person's picture is shown. */
async function picture(at: RtcProvider): Promise<void> {
  const stream = at.querySelector('rtc-video-call')!.renderRoot.querySelector('rtc-stream')!;
  await stream.updateComplete;
  const video = stream.renderRoot.querySelector('video')!;
  if (video.readyState < video.HAVE_CURRENT_DATA) await next(video, 'loadeddata');
}

const errors = new Set<string>();

const tools = {
  async signIn(): Promise<void> {
    for (const name of people) await provider(name).login(name);
  },
  async calls(plans: Plan[]): Promise<void> {
    for (const plan of plans) await call(plan);
  },
  /** Takes the tags away. */
  leave(): void {
    for (const name of people) provider(name).remove();
  },
  /** The delays of the timers that are set now. */
  timers: () => [...pending.values()].sort((a, b) => a - b),
  /** Lets sound run for a moment: the browser lets go of what has sounded only while it does. */
  async letGoOfSounds(): Promise<void> {
    for (const context of sounding) {
      await context.resume();
      const end = context.currentTime + 0.1;
      while (context.currentTime < end) await new Promise(requestAnimationFrame);
      await context.suspend();
    }
  },
  /** The codes of all errors so far. */
  errors: () => [...errors],
};

declare global {
  var manyCalls: typeof tools;
}
globalThis.manyCalls = tools;
countTimers();
noteAudioContexts();
installDevices();
document.addEventListener('rtc-error', (event) =>
  errors.add((event as Event & { code: string }).code),
);
