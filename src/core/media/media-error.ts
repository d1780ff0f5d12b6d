import { RtcError, type MediaErrorCode } from '../errors.js';

/** The names of MediaStream rejections (Media Capture and Streams, 10.1), old ones included. */
const codes: Record<string, MediaErrorCode> = {
  NotAllowedError: 'media-denied',
  SecurityError: 'media-denied',
  NotFoundError: 'media-not-found',
  OverconstrainedError: 'media-not-found',
  NotReadableError: 'media-in-use',
  AbortError: 'media-in-use',
};

/** Tells the refusals of getUserMedia apart. */
export function mediaError(cause: unknown): RtcError {
  return new RtcError(codeOf(cause), String(cause), { cause });
}

function codeOf(cause: unknown): MediaErrorCode {
  if (globalThis.isSecureContext === false) return 'media-insecure';
  if (!navigator.mediaDevices) return 'media-unsupported';
  return codes[(cause as Error).name] ?? 'media-failed';
}
