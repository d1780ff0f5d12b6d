import { html, type ReactiveControllerHost } from 'lit';
import { live } from 'lit/directives/live.js';
import type { ConnectionLog } from '../../core/inspect/connection-log.js';
import { videoSizes } from '../../core/media/constraints.js';
import type { Say } from '../../explorers/explorer-words.js';
import type { CapturedMedia, Kind } from './captured-media.js';
import { nameOf } from './facts.js';
import type { Outcome } from './outcome.js';

interface Options {
  /** Size of the picture as it is shown, WIDTH×HEIGHT in pixels. */
  shownSize(): string;
  /** Is called with what the constraints came to. */
  onOutcome(outcome: Outcome): void;
}

const presets = [
  ['preset-mobile', videoSizes.phone],
  ['preset-desktop', videoSizes.desktop],
] as const;

/** A form to edit the constraints of a track in, and to apply them. */
export class ConstraintsEditor {
  readonly #host: ReactiveControllerHost;
  readonly #media: CapturedMedia;
  readonly #log: ConnectionLog;
  readonly #say: Say;
  readonly #options: Options;
  /** The kind of the track that is edited. */
  #kind: Kind = 'video';
  #draft = '';

  constructor(
    host: ReactiveControllerHost,
    media: CapturedMedia,
    log: ConnectionLog,
    say: Say,
    options: Options,
  ) {
    this.#host = host;
    this.#media = media;
    this.#log = log;
    this.#say = say;
    this.#options = options;
  }

  /** Fills the form with the constraints that the track has. */
  load(): void {
    const constraints = this.#media.track(this.#kind)?.getConstraints() ?? {};
    this.#edit(constraints);
  }

  render() {
    const say = this.#say;
    return html`
      <form @submit=${this.#onSubmit} aria-label=${say('constraints')}>
        <fieldset>
          <legend>${say('constraints')}</legend>
          <p class="hint">${say('constraints-hint', { example: '{ "width": 320 }' })}</p>
          <div class="buttons">
            ${presets.map(
              ([key, size]) =>
                html`<button
                  type="button"
                  ?disabled=${!this.#media.track('video')}
                  @click=${() => this.#preset(size)}
                >
                  ${say(key, size)}
                </button>`,
            )}
          </div>
          <label>
            ${say('constrained-track')}
            <select .value=${live(this.#kind)} @change=${this.#onKind}>
              <option value="video">${say('video-track')}</option>
              <option value="audio">${say('audio-track')}</option>
            </select>
          </label>
          <label>
            ${say('constraints-json')}
            <textarea
              spellcheck="false"
              dir="ltr"
              .value=${live(this.#draft)}
              @input=${this.#onInput}
            ></textarea>
          </label>
          <div class="buttons">
            <button ?disabled=${!this.#media.track(this.#kind)}>
              <code>applyConstraints()</code>
            </button>
          </div>
        </fieldset>
      </form>
    `;
  }

  #edit(constraints: MediaTrackConstraints): void {
    this.#draft = JSON.stringify(constraints, undefined, 2);
    this.#host.requestUpdate();
  }

  #preset({ width, height }: { width: number; height: number }): void {
    this.#kind = 'video';
    this.#edit({ width: { max: width }, height: { max: height } });
    void this.#apply();
  }

  #onKind = (event: Event): void => {
    this.#kind = (event.target as HTMLSelectElement).value as Kind;
    this.load();
  };

  #onInput = (event: Event): void => {
    this.#draft = (event.target as HTMLTextAreaElement).value;
  };

  #onSubmit = (event: Event): void => {
    event.preventDefault();
    void this.#apply();
  };

  async #apply(): Promise<void> {
    const track = this.#media.track(this.#kind)!;
    const call = `${this.#kind}.applyConstraints()`;
    try {
      await track.applyConstraints(JSON.parse(this.#draft) as MediaTrackConstraints);
      this.#options.onOutcome({ call, text: this.#delivered(track) });
      this.#log.add('step', call, JSON.stringify(track.getConstraints()));
    } catch (error) {
      const code = error instanceof SyntaxError ? 'constraints-no-json' : undefined;
      const text = code ? `${this.#say(code)} ${String(error)}` : nameOf(error);
      this.#options.onOutcome({ call, text, failed: true });
      this.#log.add('step', call, text);
    }
    this.#host.requestUpdate();
  }

  /** The settings a track really delivers; the size of the shown picture where they are missing. */
  #delivered(track: MediaStreamTrack): string {
    const { width, height, frameRate } = track.getSettings();
    const shown = track.kind === 'video' ? this.#options.shownSize() : '';
    const size = width ? `${width}×${height}` : shown;
    if (!size) return this.#say('done');
    const delivered = frameRate ? `${size}, ${Math.round(frameRate)}/s` : size;
    return this.#say('delivered', { delivered });
  }
}
