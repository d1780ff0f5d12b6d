import type { Call } from '../core/call/call.js';
import { hasPressed, whenPressed } from '../internal/pressed.js';
import { nameKey } from '../protocol/name-key.js';

/** The value of an `auto-accept`; null, or false from code, where there is none. */
export type AutoAccept = string | boolean | null | undefined;

/**
 * Decides by `auto-accept` about a call of this person: ask, accept, or accept without camera and
 * microphone until the person here has pressed something.
 */
export function acceptance(value: AutoAccept, name: string): 'ask' | 'take' | 'take-unseen' {
  if (value === null || value === undefined || value === false) return 'ask';
  const list = value === true ? '' : value.trim();
  if (!list) return 'take-unseen';
  if (list === '*') return 'take';
  // Names may hold spaces: where there is a comma, only commas separate.
  const names = list.split(list.includes(',') ? ',' : /\s+/);
  const key = nameKey(name);
  return names.some((each) => each.trim() && nameKey(each) === key) ? 'take' : 'ask';
}

/** Takes a call that rings, if it is one to be taken without asking. */
export function acceptUnasked(call: Call, value: AutoAccept): void {
  const how = acceptance(value, call.name);
  if (how === 'ask') return;
  const devices = how === 'take' || hasPressed();
  if (!devices && !call.state.pending) openWhenPressed(call);
  void call.accept({ devices });
}

/** Camera and microphone of a call that nobody here has agreed to open with the first press. */
function openWhenPressed(call: Call): void {
  const stop = whenPressed(() => call.openDevices());
  call.addEventListener('change', () => {
    if (call.ended) stop();
  });
}
