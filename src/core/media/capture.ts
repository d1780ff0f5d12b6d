import type { RtcError } from '../errors.js';
import type { SessionSettings } from '../settings.js';
import { suggestedVideo, videoConstraints } from './constraints.js';
import { isRefusal, mediaError } from './media-error.js';
import { mediaKinds, type MediaKind } from './media-kind.js';
import { permissionOf } from './permission.js';

/** The media captured from the devices asked for, and why the rest is missing. */
export interface Capture {
  stream: MediaStream;
  error?: RtcError;
}

type CaptureSettings = Pick<SessionSettings, 'getUserMedia' | 'maxVideo'>;

/** Whether a device is still wanted, once the browser has answered. */
type Wants = (kind: MediaKind) => boolean;

/**
 * Opens microphone and camera. Where both cannot be had, one is better than none: a person
 * without a camera can still talk, one without a microphone can still be seen. A person who refuses
 * is not asked again. Never rejects.
 */
export async function capture(
  wanted: { audio: boolean; video: boolean },
  settings: CaptureSettings,
  wants: Wants = () => true,
): Promise<Capture> {
  const requested = mediaKinds.filter((kind) => wanted[kind]);
  const tries: MediaKind[][] = [requested];
  let failed: { cause: unknown } | undefined;
  for (const each of tries) {
    const kinds = each.filter(wants);
    if (!kinds.length) continue;
    try {
      const stream = await request(kinds, settings, wants);
      if (!failed) return { stream };
      const missing = requested.filter((kind) => !kinds.includes(kind));
      return { stream, error: await mediaError(failed.cause, missing) };
    } catch (cause) {
      if (failed && isRefusal(cause)) break;
      if (!failed && requested.length > 1) {
        const rest = isRefusal(cause) ? await grantedAlone(requested) : requested;
        tries.push(...rest.map((kind) => [kind]));
      }
      failed ??= { cause };
    }
  }
  const stream = new MediaStream();
  return failed ? { stream, error: await mediaError(failed.cause, requested) } : { stream };
}

async function request(
  kinds: readonly MediaKind[],
  settings: CaptureSettings,
  wants: Wants,
): Promise<MediaStream> {
  const audio = kinds.includes('audio');
  const video = kinds.includes('video');
  const size = videoConstraints(settings.maxVideo ?? suggestedVideo());
  try {
    return await settings.getUserMedia({ audio, video: video && size });
  } catch (cause) {
    // A camera that has no picture so small is better than none.
    const tooSmall = video && (cause as Error).name === 'OverconstrainedError';
    if (!tooSmall || !wants('video')) throw cause;
    return settings.getUserMedia({ audio, video: true });
  }
}

/** The device that may be opened without a question, where the other was the one refused. */
async function grantedAlone(kinds: readonly MediaKind[]): Promise<MediaKind[]> {
  const states = await Promise.all(kinds.map(permissionOf));
  const granted = kinds.filter((_, at) => states[at] === 'granted');
  return granted.length < kinds.length ? granted : [];
}
