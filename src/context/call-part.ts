import type { Calls } from '../core/calls.js';

/** The code a page needs to make and receive calls, besides the tags that show them. */
export interface CallPart {
  readonly Calls: typeof Calls;
}

let load: (() => Promise<unknown>) | undefined;
let part: CallPart | undefined;

/** Says how the call part is loaded: `define/*` does. */
export function loadCallPartBy(loader: () => Promise<unknown>): void {
  load = loader;
}

/** Is called by the call part: in a bundle, its module exports by other names. */
export function provideCallPart(loaded: CallPart): void {
  part = loaded;
}

let failures = 0;

/** Loads the call part, which is asked for at sign-in. */
export async function loadCallPart(): Promise<CallPart> {
  if (!load) throw new Error('Import rtc-widgets/define/load-call-part.js');
  try {
    await load();
  } catch (error) {
    // Firefox before 155 fails for ever where an import has failed once (whatwg/html#10327). It names
    // the module, which is asked for by another address from the second time on.
    const [address] = /https?:\S+$/.exec(String(error)) ?? [];
    if (!failures++ || !address) throw error;
    await import(/* @vite-ignore */ /* webpackIgnore: true */ `${address}?again=${failures}`);
  }
  return part!;
}
