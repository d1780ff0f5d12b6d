import type { ErrorCode } from '../errors.js';

/** How long a server may take to say that it is there, in milliseconds. */
const PATIENCE = 2000;

/**
 * Finds out why a server could not be reached: it may be there, and not let a page of this origin in. A
 * WebSocket that is refused does not say so.
 * @param address of the WebSocket
 */
export async function whyUnreachable(address: URL): Promise<ErrorCode> {
  try {
    const health = new URL('/healthz', address.href.replace(/^ws/, 'http'));
    const { ok } = await fetch(health, {
      cache: 'no-store',
      signal: AbortSignal.timeout(PATIENCE),
    });
    return ok ? 'origin-refused' : 'unreachable';
  } catch {
    return 'unreachable';
  }
}
