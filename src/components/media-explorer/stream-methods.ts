import { html } from 'lit';
import type { Say } from '../../explorers/explorer-words.js';
import type { CapturedMedia } from './captured-media.js';
import { describe } from './facts.js';

interface Actions {
  /** The devices are being opened. */
  pending: boolean;
  /** Opens the devices. */
  open(): void;
  /** Calls a method of the stream, and shows what it gives. */
  run(name: string, call: () => string | void): void;
  /** Stops everything. */
  close(): void;
}

/** Each method of a stream at a button. */
export function streamMethods(say: Say, media: CapturedMedia, actions: Actions) {
  const { stream, copy } = media;
  const none = !stream;
  const method = (name: string, disabled: boolean, call: () => string | void) => html`
    <button ?disabled=${disabled} @click=${() => actions.run(name, call)}>
      <code>${name}</code>
    </button>
  `;
  const getter = (name: 'getTracks' | 'getAudioTracks' | 'getVideoTracks') =>
    method(`${name}()`, none, () => describe(stream![name]()));
  return html`
    <div class="buttons">
      <button
        class="primary"
        aria-disabled=${actions.pending}
        ?disabled=${!none}
        @click=${actions.open}
      >
        <code>getUserMedia()</code>
      </button>
      ${getter('getTracks')} ${getter('getAudioTracks')} ${getter('getVideoTracks')}
      ${method('getTrackById()', none || !stream.getTracks().length, () => {
        const { id } = stream!.getTracks()[0]!;
        return `${id}\n${describe([stream!.getTrackById(id)!])}`;
      })}
      ${(['audio', 'video'] as const).map((kind) =>
        method(`removeTrack() ${kind}`, !media.track(kind), () => describe([media.remove(kind)])),
      )}
      ${method('addTrack()', !media.hasRemoved, () => describe([media.restore()]))}
      ${method('clone()', none || !!copy, () => {
        const clone = media.clone();
        return `${clone.id}\n${describe(clone.getTracks())}`;
      })}
      ${method(say('stop-clone'), !copy, () => media.stopCopy())}
      ${method(say('stop-all'), none, actions.close)}
    </div>
  `;
}
