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
  const insecure = globalThis.isSecureContext === false;
  const missing = !navigator.mediaDevices;
  const code = insecure
    ? 'media-insecure'
    : missing
      ? 'media-unsupported'
      : (codes[(cause as Error).name] ?? 'media-failed');
  return new RtcError(code, String(cause), { cause });
}
