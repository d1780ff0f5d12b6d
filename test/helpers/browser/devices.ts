import { syntheticMedia } from '../../../src/core/media/synthetic-media.js';

/**
 * A person's camera and microphone, which a test can refuse, hold back and look at. Fires
 * `change` when a device opens.
 */
export class Devices extends EventTarget {
  /** Each request, in order. */
  readonly asked: MediaStreamConstraints[] = [];
  /** Each track that was opened, in order. */
  readonly opened: MediaStreamTrack[] = [];
  /** Name of the exception that each device is refused with. */
  refuse: { audio?: string; video?: string } = {};

  // Small, so that two encoders do not fight over the machine.
  readonly #synthetic = syntheticMedia({ tone: 440, width: 160, height: 120 });
  #held: Promise<void> | undefined;

  /** In place of navigator.mediaDevices.getUserMedia. */
  readonly getUserMedia = async (constraints: MediaStreamConstraints): Promise<MediaStream> => {
    this.asked.push(constraints);
    await this.#held;
    for (const kind of ['audio', 'video'] as const) {
      const name = constraints[kind] ? this.refuse[kind] : undefined;
      if (name) throw new DOMException(`No ${kind} for the test`, name);
    }
    const stream = await this.#synthetic(constraints);
    this.opened.push(...stream.getTracks());
    this.dispatchEvent(new Event('change'));
    return stream;
  };

  /** Kinds of the tracks that are open now: which lights are on. */
  get live(): string[] {
    return this.opened.filter((track) => track.readyState === 'live').map(({ kind }) => kind);
  }

  /** Keeps the person from answering the browser's question. @returns a function that answers it */
  hold(): () => void {
    let answer!: () => void;
    this.#held = new Promise((resolve) => (answer = resolve));
    return answer;
  }
}
