import { RtcError, type MediaErrorCode } from '../errors.js';
import type { SessionSettings } from '../settings.js';
import { suggestedVideo, videoConstraints } from './constraints.js';

/** What could be had of the devices asked for, and why the rest could not. */
export interface Capture {
  stream: MediaStream;
  error?: RtcError;
}

type Wanted = { audio: boolean; video: boolean };

/** The names of MediaStream rejections (Media Capture and Streams, 10.1), old ones included. */
const codes: Record<string, MediaErrorCode> = {
  NotAllowedError: 'media-denied',
  SecurityError: 'media-denied',
  NotFoundError: 'media-not-found',
  OverconstrainedError: 'media-not-found',
  NotReadableError: 'media-in-use',
  AbortError: 'media-in-use',
};

/**
 * Opens microphone and camera. Where both cannot be had, one is better than none: a person
 * without a camera can still talk, one without a microphone can still be seen. Never rejects.
 */
export async function capture(wanted: Wanted, settings: SessionSettings): Promise<Capture> {
  const tries: Wanted[] = [wanted];
  if (wanted.audio && wanted.video) {
    tries.push({ audio: true, video: false }, { audio: false, video: true });
  }
  let error: RtcError | undefined;
  for (const { audio, video } of tries) {
    try {
      const constraints = videoConstraints(settings.maxVideo ?? suggestedVideo());
      return { stream: await settings.getUserMedia({ audio, video: video && constraints }), error };
    } catch (cause) {
      error ??= asMediaError(cause);
    }
  }
  return { stream: new MediaStream(), error };
}

/** Tells the refusals of getUserMedia apart. */
function asMediaError(cause: unknown): RtcError {
  const insecure = globalThis.isSecureContext === false;
  const missing = !navigator.mediaDevices;
  const code = insecure
    ? 'media-insecure'
    : missing
      ? 'media-unsupported'
      : (codes[(cause as Error).name] ?? 'media-failed');
  return new RtcError(code, String(cause), { cause });
}
