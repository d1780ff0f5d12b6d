import type { ErrorCode, RtcError } from '../errors.js';
import type { SessionSettings } from '../settings.js';
import { Store } from '../store.js';
import { capture } from './capture.js';
import { mediaKinds, type MediaKind } from './media-kind.js';

export interface LocalMediaState {
  /** The captured stream, for a self view. A new object whenever its tracks change. */
  stream?: MediaStream;
  /** Whether one can be heard and seen: the device is there and on. */
  microphone: boolean;
  camera: boolean;
  /** A device is being opened. */
  pending: boolean;
  /** Whether each is being opened, and is to be on then. */
  opening: { microphone: boolean; camera: boolean };
  /** Closed for good: a change of its own, also where no device was open. */
  stopped?: boolean;
  /** Why the last device asked for could not be had. */
  error?: ErrorCode;
}

const closed = { microphone: false, camera: false };

/** A person's microphone and camera during a call. */
export class LocalMedia extends Store<LocalMediaState> {
  /** @internal What is captured now. */
  readonly tracks: Record<MediaKind, MediaStreamTrack | null> = { audio: null, video: null };
  readonly #settings: SessionSettings;
  readonly #onError: (error: RtcError) => void;
  /** The devices that the person has turned off, whether it is open or not. */
  readonly #off: Set<MediaKind>;
  /** The devices that have been asked for in this call, and so are not by themselves again. */
  readonly #asked = new Set<MediaKind>();
  /** The request that is to bring each device. */
  readonly #requests = new Map<MediaKind, Promise<void>>();

  /**
   * @internal
   * @param onError is told why a device could not be had; the call goes on without it
   * @param off what the person has turned off already
   */
  constructor(
    settings: SessionSettings,
    onError: (error: RtcError) => void,
    off: Iterable<MediaKind> = [],
  ) {
    super({ microphone: false, camera: false, pending: false, opening: closed });
    this.#settings = settings;
    this.#onError = onError;
    this.#off = new Set(off);
  }

  /**
   * Opens devices: those that have not been asked for before, and no camera that has been turned off.
   * Settles when they are open or have been refused; never rejects.
   */
  async open(wanted: { audio: boolean; video: boolean }): Promise<void> {
    const isNew = (kind: MediaKind) => wanted[kind] && !this.#asked.has(kind);
    await this.ask(
      ...mediaKinds.filter((kind) => isNew(kind) && (kind === 'audio' || !this.isOff(kind))),
    );
  }

  /** Mutes or unmutes: muted, the microphone stays open and silence is sent. */
  async setMicrophone(on: boolean): Promise<void> {
    this.#wish('audio', on);
    const { audio } = this.tracks;
    if (audio) audio.enabled = on;
    if (on && (!audio || audio.muted)) await this.ask('audio');
    this.show();
  }

  /** Camera off means off: the track ends and the light goes out. */
  async setCamera(on: boolean): Promise<void> {
    this.#wish('video', on);
    if (!on) this.put('video');
    else if (!this.state.camera) await this.ask('video');
    this.show();
  }

  /** @internal Whether the person has turned a device off. */
  isOff(kind: MediaKind): boolean {
    return this.#off.has(kind);
  }

  /** @internal Asks for devices in one request; for one that is being asked for, waits. */
  async ask(...wanted: MediaKind[]): Promise<void> {
    if (this.state.stopped) return;
    const fresh = wanted.filter((kind) => !this.#requests.has(kind));
    if (fresh.length) {
      const request = this.#request(fresh);
      for (const kind of fresh) {
        this.#asked.add(kind);
        this.#requests.set(kind, request);
      }
      this.show();
    }
    await Promise.all(wanted.flatMap((kind) => this.#requests.get(kind) ?? []));
  }

  /** @internal Closes every device, for good. */
  stop(): void {
    this.put('audio');
    this.put('video');
    this.#requests.clear();
    this.show({ stopped: true, error: undefined });
  }

  async #request(asked: readonly MediaKind[]): Promise<void> {
    const [audio, video] = mediaKinds.map((kind) => asked.includes(kind)) as [boolean, boolean];
    const wants = (kind: MediaKind) =>
      !this.state.stopped && (kind === 'audio' || !this.isOff(kind));
    const { stream, error } = await capture({ audio, video }, this.#settings, wants);
    for (const kind of asked) this.#requests.delete(kind);
    for (const track of stream.getTracks()) {
      const kind = track.kind as MediaKind;
      if (!wants(kind)) {
        track.stop();
        continue;
      }
      track.enabled = !this.isOff(kind);
      this.put(kind, track);
    }
    if (this.state.stopped) return;
    this.show({ error: error?.code });
    if (error) this.#onError(error);
  }

  #wish(kind: MediaKind, on: boolean): void {
    if (on) this.#off.delete(kind);
    else this.#off.add(kind);
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
      pending: this.#requests.size > 0,
      opening: { microphone: this.#isOpening('audio'), camera: this.#isOpening('video') },
      stream: same ? before : streamOf(tracks),
      microphone: !!audio?.enabled && !audio.muted,
      camera: !!video && !video.muted,
    });
  }

  #isOpening(kind: MediaKind): boolean {
    return this.#requests.has(kind) && !this.isOff(kind);
  }
}

function streamOf(tracks: MediaStreamTrack[]): MediaStream | undefined {
  return tracks.length ? new MediaStream(tracks) : undefined;
}
