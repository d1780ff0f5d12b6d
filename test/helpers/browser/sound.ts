let active = true;
let made = 0;
/** The nodes connected to the speakers. */
const audible = new Set<AudioNode>();

Object.defineProperty(navigator, 'userActivation', {
  configurable: true,
  get: () => ({ hasBeenActive: active, isActive: active }),
});

globalThis.AudioContext = new Proxy(AudioContext, {
  construct(Real, options: [AudioContextOptions?]) {
    made++;
    return new Real(...options);
  },
});

const { connect, disconnect } = AudioNode.prototype;
Object.assign(AudioNode.prototype, {
  connect(this: AudioNode, ...to: unknown[]) {
    if (to[0] instanceof AudioDestinationNode) audible.add(this);
    return Reflect.apply(connect, this, to) as unknown;
  },
  disconnect(this: AudioNode, ...from: unknown[]) {
    audible.delete(this);
    Reflect.apply(disconnect, this, from);
  },
});

afterEach(() => {
  active = true;
  audible.clear();
});

/** Says whether somebody has done something on the page, so that it may play sound. */
export function setActivation(done: boolean): void {
  active = done;
}

/** How many sounds go to the speakers right now: none through a gain of nothing. */
export const soundsOn = () => [...audible].filter((node) => !isMuted(node)).length;

const isMuted = (node: AudioNode) => node instanceof GainNode && node.gain.value === 0;

/** How many audio contexts the page has made so far. */
export const audioContextsMade = () => made;
