import type { Calls } from '../core/calls.js';

/** The code a page needs to make and receive calls, besides the tags that show them. */
export interface CallPart {
  readonly Calls: typeof Calls;
}

let load: (() => Promise<CallPart>) | undefined;

/** Says how the call part is loaded: `define/*` does. */
export function loadCallPartBy(loader: () => Promise<CallPart>): void {
  load = loader;
}

let failures = 0;

/** Loads the call part, which is asked for at sign-in. */
export async function loadCallPart(): Promise<CallPart> {
  if (!load) throw new Error('Import rtc-widgets/define/load-call-part.js');
  try {
    return await load();
  } catch (error) {
    // Firefox before 155 fails for ever where an import has failed once (whatwg/html#10327). It names
    // the module, which is asked for by another address from the second time on.
    const [address] = /https?:\S+$/.exec(String(error)) ?? [];
    if (!failures++ || !address) throw error;
    return (await import(
      /* @vite-ignore */ /* webpackIgnore: true */ `${address}?again=${failures}`
    )) as CallPart;
  }
}
