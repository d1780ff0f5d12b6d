let active = true;
const contexts: AudioContext[] = [];

Object.defineProperty(navigator, 'userActivation', {
  configurable: true,
  get: () => ({ hasBeenActive: active, isActive: active }),
});

globalThis.AudioContext = new Proxy(AudioContext, {
  construct(Real, options: [AudioContextOptions?]) {
    const context = new Real(...options);
    contexts.push(context);
    return context;
  },
});

afterEach(() => {
  active = true;
  contexts.length = 0;
});

/** Says whether somebody has done something on the page, so that it may play sound. */
export function setActivation(done: boolean): void {
  active = done;
}

/** The audio contexts made in this test, that of synthetic microphones left out once it is there. */
export const soundsOn = () => contexts.filter(({ state }) => state !== 'closed').length;
