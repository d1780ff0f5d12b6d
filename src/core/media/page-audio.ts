let context: AudioContext | undefined;
let holders = 0;

/** The page's AudioContext, for as long as somebody holds it. */
export interface HeldAudio {
  readonly context: AudioContext;
  /** Gives it back: it rests when nobody holds it. */
  release(): void;
}

/**
 * The one AudioContext of the page: each costs threads, and a browser makes few. Before a gesture
 * it stays suspended.
 */
export function holdAudio(): HeldAudio {
  context ??= new AudioContext();
  const held = context;
  holders++;
  // Not awaited, and each time: it settles with the first gesture.
  void held.resume();
  let released = false;
  return {
    context: held,
    release() {
      if (released) return;
      released = true;
      if (!--holders) void held.suspend();
    },
  };
}
