import { Refusal } from '../refusal.js';
import type { SharedFrame } from './shared-frame.js';
import type { View, ViewWatch } from './view.js';

/** A client that is shown a view. */
export interface Viewer {
  /** The `nameKey()` of the person. */
  readonly key: string;
  sendFrame(frame: string): void;
  refuse(refusal: Refusal): void;
}

/** The watch of one person over one view. */
export class Watch implements ViewWatch {
  readonly view: View;
  readonly #viewer: Viewer;
  /** The version that the client has; none before its snapshot. */
  #version: number | undefined;

  constructor(viewer: Viewer, view: View) {
    this.#viewer = viewer;
    this.view = view;
  }

  /** Whether the client still has to be sent the snapshot. */
  get waits(): boolean {
    return this.#version === undefined;
  }

  /** Sends the view as it is. @returns how many bytes that took */
  sendSnapshot(): number {
    const { wish, total, version } = this.view;
    const snapshot = this.view.snapshot();
    this.#version = version;
    this.#send(snapshot);
    // The person is one of those counted, and of those that the limit has room for.
    if (wish.whole && total > wish.limit) {
      const words = `Only ${wish.limit - 1} of the people online are listed`;
      this.#viewer.refuse(new Refusal('roster-cut', words));
    }
    return snapshot.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  sendStep(): void {
    const { version, step } = this.view;
    if (this.waits || this.#version === version) return;
    this.#version = version;
    this.#send(step);
  }

  #send(frames: readonly SharedFrame[]): void {
    const { key } = this.#viewer;
    for (const frame of frames) {
      // A client of version 0.1 takes everybody that it is told of for somebody else.
      const text = this.view.wish.whole ? frame.without(key) : frame.text;
      if (text) this.#viewer.sendFrame(text);
    }
  }
}
