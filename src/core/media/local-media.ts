import type { ErrorCode, RtcError } from '../errors.js';
import type { SessionSettings } from '../settings.js';
import { Store } from '../store.js';
import { capture } from './capture.js';

export interface LocalMediaState {
  /** What is captured now, for a self view. A new object whenever its tracks change. */
  stream?: MediaStream;
  /** Whether one can be heard and seen: the device is there and on. */
  microphone: boolean;
  camera: boolean;
  /** A device is being opened. */
  pending: boolean;
  /** Why the last device asked for could not be had. */
  error?: ErrorCode;
}

/** One person's microphone and camera during a call. */
export class LocalMedia extends Store<LocalMediaState> {
  readonly #settings: SessionSettings;
  readonly #onError: (error: RtcError) => void;
  #audio: MediaStreamTrack | undefined;
  #video: MediaStreamTrack | undefined;
  #stopped = false;

  /** @param onError is told why a device could not be had; the call goes on without it */
  constructor(settings: SessionSettings, onError: (error: RtcError) => void) {
    super({ microphone: false, camera: false, pending: false });
    this.#settings = settings;
    this.#onError = onError;
  }

  get audioTrack(): MediaStreamTrack | null {
    return this.#audio ?? null;
  }

  get videoTrack(): MediaStreamTrack | null {
    return this.#video ?? null;
  }

  /** Opens devices. Settles when they are open or have been refused; never rejects. */
  async open(wanted: { audio: boolean; video: boolean }): Promise<void> {
    this.update({ pending: true });
    const { stream, error } = await capture(wanted, this.#settings);
    if (this.#stopped) {
      for (const track of stream.getTracks()) track.stop();
      return;
    }
    const [audio] = stream.getAudioTracks();
    const [video] = stream.getVideoTracks();
    // Asked for twice at once, a device opens twice: no light may stay on that nobody can turn off.
    if (audio) {
      this.#audio?.stop();
      this.#audio = audio;
    }
    if (video) {
      this.#video?.stop();
      this.#video = video;
    }
    this.#show({ pending: false, error: error?.code });
    if (error) this.#onError(error);
  }

  /** Mutes or unmutes: muted, the microphone stays open and silence is sent. */
  async setMicrophone(on: boolean): Promise<void> {
    if (this.#audio) this.#audio.enabled = on;
    else if (on) await this.open({ audio: true, video: false });
    this.#show();
  }

  /** Camera off means off: the track ends and the light goes out. */
  async setCamera(on: boolean): Promise<void> {
    if (on === !!this.#video) return;
    if (on) return this.open({ audio: false, video: true });
    this.#video?.stop();
    this.#video = undefined;
    this.#show();
  }

  /** Closes every device, for good. */
  stop(): void {
    this.#stopped = true;
    this.#audio?.stop();
    this.#video?.stop();
    this.#audio = this.#video = undefined;
    this.update({ stream: undefined, microphone: false, camera: false, pending: false });
  }

  #show(more: Partial<LocalMediaState> = {}): void {
    const tracks = [this.#audio, this.#video].filter((track) => !!track);
    const before = this.state.stream;
    const same =
      tracks.length === before?.getTracks().length &&
      tracks.every((track) => before.getTracks().includes(track));
    this.update({
      ...more,
      stream: same ? before : tracks.length ? new MediaStream(tracks) : undefined,
      microphone: !!this.#audio?.enabled,
      camera: !!this.#video,
    });
  }
}
