import type { ErrorCode, RtcError } from '../errors.js';
import type { SessionSettings } from '../settings.js';
import { Store } from '../store.js';
import { capture } from './capture.js';

export interface LocalMediaState {
  /** The captured stream, for a self view. A new object whenever its tracks change. */
  stream?: MediaStream;
  /** Whether one can be heard and seen: the device is there and on. */
  microphone: boolean;
  camera: boolean;
  /** A device is being opened. */
  pending: boolean;
  /** Closed for good: a change of its own, also where no device was open. */
  stopped?: boolean;
  /** Why the last device asked for could not be had. */
  error?: ErrorCode;
}

export type MediaKind = 'audio' | 'video';

/** A person's microphone and camera during a call. */
export class LocalMedia extends Store<LocalMediaState> {
  /** @internal What is captured now. */
  readonly tracks: Record<MediaKind, MediaStreamTrack | null> = { audio: null, video: null };
  readonly #settings: SessionSettings;
  readonly #onError: (error: RtcError) => void;

  /**
   * @internal
   * @param onError is told why a device could not be had; the call goes on without it
   */
  constructor(settings: SessionSettings, onError: (error: RtcError) => void) {
    super({ microphone: false, camera: false, pending: false });
    this.#settings = settings;
    this.#onError = onError;
  }

  /** Opens devices. Settles when they are open or have been refused; never rejects. */
  async open(wanted: { audio: boolean; video: boolean }): Promise<void> {
    this.update({ pending: true });
    const { stream, error } = await capture(wanted, this.#settings);
    for (const track of stream.getTracks()) {
      if (this.state.stopped) track.stop();
      else this.put(track.kind as MediaKind, track);
    }
    if (this.state.stopped) return;
    this.show({ pending: false, error: error?.code });
    if (error) this.#onError(error);
  }

  /** Mutes or unmutes: muted, the microphone stays open and silence is sent. */
  async setMicrophone(on: boolean): Promise<void> {
    const { audio } = this.tracks;
    if (audio && !audio.muted) audio.enabled = on;
    else if (on) await this.open({ audio: true, video: false });
    this.show();
  }

  /** Camera off means off: the track ends and the light goes out. */
  async setCamera(on: boolean): Promise<void> {
    if (on === this.state.camera) return;
    if (on) return this.open({ audio: false, video: true });
    this.put('video');
    this.show();
  }

  /** @internal Closes every device, for good. */
  stop(): void {
    this.put('audio');
    this.put('video');
    this.show({ pending: false, stopped: true });
  }

  /** @internal Takes a track in the place of the one there is; null, or none, closes the device. */
  put(kind: MediaKind, track: MediaStreamTrack | null = null): void {
    // Asked for twice at once, a device opens twice: no light may stay on that nobody can turn off.
    this.tracks[kind]?.stop();
    this.tracks[kind] = track;
  }

  /** @internal Tells what there is now. */
  show(more: Partial<LocalMediaState> = {}): void {
    const { audio, video } = this.tracks;
    const tracks = [audio, video].filter((track) => !!track);
    const before = this.state.stream;
    const same =
      tracks.length === before?.getTracks().length &&
      tracks.every((track) => before.getTracks().includes(track));
    this.update({
      ...more,
      stream: same ? before : streamOf(tracks),
      microphone: !!audio?.enabled && !audio.muted,
      camera: !!video && !video.muted,
    });
  }
}

function streamOf(tracks: MediaStreamTrack[]): MediaStream | undefined {
  return tracks.length ? new MediaStream(tracks) : undefined;
}
