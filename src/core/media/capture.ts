import type { RtcError } from '../errors.js';
import type { SessionSettings } from '../settings.js';
import { suggestedVideo, videoConstraints } from './constraints.js';
import { mediaError } from './media-error.js';

/** The media captured from the devices asked for, and why the rest is missing. */
export interface Capture {
  stream: MediaStream;
  error?: RtcError;
}

type Wanted = { audio: boolean; video: boolean };

/**
 * Opens microphone and camera. Where both cannot be had, one is better than none: a person
 * without a camera can still talk, one without a microphone can still be seen. Never rejects.
 */
export async function capture(
  wanted: Wanted,
  settings: Pick<SessionSettings, 'getUserMedia' | 'maxVideo'>,
): Promise<Capture> {
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
      error ??= mediaError(cause);
    }
  }
  return { stream: new MediaStream(), error };
}
