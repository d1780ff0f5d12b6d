/** The events after which a person counts as having pressed something. */
const presses = ['click', 'keyup'] as const;

/** A press that the kit has seen itself, for browsers that do not say. */
let seen = false;
for (const type of presses) {
  globalThis.addEventListener?.(type, ({ isTrusted }) => (seen ||= isTrusted), { capture: true });
}

/** Whether the person has pressed anything in the page since it was loaded. */
export function hasPressed(): boolean {
  return navigator.userActivation?.hasBeenActive ?? seen;
}

/**
 * Calls `then` when the person next presses something, after what the press does itself.
 * @returns a function that calls it off
 */
export function whenPressed(then: () => void): () => void {
  const stop = () => {
    for (const type of presses) removeEventListener(type, onPress, true);
  };
  const onPress = () => {
    // The press of Hang up ends the call first.
    setTimeout(() => {
      if (!hasPressed()) return;
      stop();
      then();
    });
  };
  for (const type of presses) addEventListener(type, onPress, true);
  return stop;
}
