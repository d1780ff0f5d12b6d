import type { CallKind } from '../protocol/messages.js';

const kinds: readonly CallKind[] = ['video', 'voice', 'chat'];

/** @throws {TypeError} when a page without types passes something else as a kind of call */
export function requireKind(kind: CallKind): void {
  if (!kinds.includes(kind)) {
    throw new TypeError(`kind must be 'video', 'voice' or 'chat', not ${shown(kind)}`);
  }
}

/** @throws {TypeError} when a page without types passes something else as a text */
export function requireString(value: string, parameter: string): void {
  if (typeof value !== 'string') {
    throw new TypeError(`${parameter} must be a string, not ${shown(value)}`);
  }
}

function shown(value: unknown): string {
  return typeof value === 'string' ? `'${value}'` : String(value);
}
