import { RtcError, type MediaErrorCode } from '../errors.js';
import type { MediaKind } from './media-kind.js';
import { isForbidden } from './permission.js';

/** The names of MediaStream rejections (Media Capture and Streams, 10.1), old ones included. */
const codes: Record<string, MediaErrorCode> = {
  NotAllowedError: 'media-denied',
  SecurityError: 'media-denied',
  NotFoundError: 'media-not-found',
  OverconstrainedError: 'media-not-found',
  NotReadableError: 'media-in-use',
  AbortError: 'media-in-use',
};

/** Whether the person, the browser or a policy has said no. */
export function isRefusal(cause: unknown): boolean {
  return codes[(cause as Error).name] === 'media-denied';
}

/**
 * Tells the refusals of getUserMedia apart.
 * @param kinds what could not be had
 */
export async function mediaError(cause: unknown, kinds: readonly MediaKind[]): Promise<RtcError> {
  return new RtcError(await codeOf(cause, kinds), String(cause), { cause });
}

async function codeOf(cause: unknown, kinds: readonly MediaKind[]): Promise<MediaErrorCode> {
  if (globalThis.isSecureContext === false) return 'media-insecure';
  if (!navigator.mediaDevices) return 'media-unsupported';
  const code = codes[(cause as Error).name] ?? 'media-failed';
  if (code === 'media-denied') {
    const forbidden = await Promise.all(kinds.map(isForbidden));
    return forbidden.includes(true) ? 'media-forbidden' : code;
  }
  if (code !== 'media-not-found' || kinds.length !== 1) return code;
  return kinds[0] === 'audio' ? 'microphone-not-found' : 'camera-not-found';
}
