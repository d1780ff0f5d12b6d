import type { ConnectionLog } from '../../core/inspect/connection-log.js';

export type Kind = 'audio' | 'video';

const trackEvents = ['ended', 'mute', 'unmute'];

/** The stream that the explorer has opened, its clone, and the tracks that were taken out of it. */
export class CapturedMedia {
  stream: MediaStream | undefined;
  copy: MediaStream | undefined;

  readonly #log: ConnectionLog;
  readonly #onChange: () => void;
  /** Out of the stream and still open. */
  #removed: MediaStreamTrack[] = [];

  /** @param onChange is called when something fires at the stream or at a track */
  constructor(log: ConnectionLog, onChange: () => void) {
    this.#log = log;
    this.#onChange = onChange;
  }

  /** Whether a track can be put back by `restore()`. */
  get hasRemoved(): boolean {
    return this.#removed.length > 0;
  }

  track(kind: Kind): MediaStreamTrack | undefined {
    return this.stream?.getTracks().find((track) => track.kind === kind);
  }

  take(stream: MediaStream): void {
    this.stream = stream;
    this.#removed = [];
    for (const type of ['addtrack', 'removetrack']) {
      stream.addEventListener(type, (event) => {
        this.note(type, (event as MediaStreamTrackEvent).track.kind);
      });
    }
    for (const track of stream.getTracks()) {
      for (const type of trackEvents) {
        track.addEventListener(type, () => this.note(type, track.kind));
      }
    }
  }

  /** Keeps an event in the time line. */
  note(type: string, detail: string): void {
    this.#log.add('event', type, detail);
    this.#onChange();
  }

  /** Takes a track out of the stream. @returns it */
  remove(kind: Kind): MediaStreamTrack {
    const track = this.track(kind)!;
    this.stream!.removeTrack(track);
    this.#removed.push(track);
    return track;
  }

  /** Puts the track that was removed last into the stream. @returns it */
  restore(): MediaStreamTrack {
    const track = this.#removed.pop()!;
    this.stream!.addTrack(track);
    return track;
  }

  clone(): MediaStream {
    return (this.copy = this.stream!.clone());
  }

  toggle(track: MediaStreamTrack): void {
    track.enabled = !track.enabled;
    this.#log.add('step', `${track.kind}.enabled = ${track.enabled}`);
    this.#onChange();
  }

  stop(track: MediaStreamTrack): void {
    // A page that stops a track itself gets no `ended` event.
    track.stop();
    this.#log.add('step', `${track.kind}.stop()`);
    this.#onChange();
  }

  stopCopy(): void {
    this.copy?.getTracks().forEach((track) => track.stop());
    this.copy = undefined;
  }

  close(): void {
    this.stopCopy();
    for (const track of [...(this.stream?.getTracks() ?? []), ...this.#removed]) track.stop();
    this.#removed = [];
    this.stream = undefined;
  }
}
