import { html, nothing, type PropertyValues } from 'lit';
import { ConnectionLog } from '../../core/inspect/connection-log.js';
import { mediaError } from '../../core/media/media-error.js';
import { deviceSettings } from '../../explorers/device-settings.js';
import { ExplorerElement } from '../../explorers/explorer-element.js';
import { timeline } from '../../explorers/timeline.js';
import '../../localize/media-words.js';
import { CapturedMedia } from './captured-media.js';
import { ConstraintsEditor } from './constraints-editor.js';
import { describe, nameOf } from './facts.js';
import { styles } from './media-explorer.styles.js';
import { outcomeView, type Outcome } from './outcome.js';
import { streamMethods } from './stream-methods.js';
import { streamTable, trackTable } from './track-table.js';

/**
 * A MediaStream taken apart: a self view, each method of the stream at a button, its tracks with
 * all that they say of themselves, their events as they come, and constraints to be tried.
 *
 * @summary Camera, microphone and MediaStream, explored.
 * @tag rtc-media-explorer
 * @slot heading - Replaces the heading.
 * @csspart video - The self view.
 * @csspart result - What the last method gave.
 * @csspart stream - The table of the stream.
 * @csspart track - The table of one track.
 * @csspart timeline - The table of what happened.
 */
export class RtcMediaExplorer extends ExplorerElement {
  static override styles = [ExplorerElement.styles, styles];

  static override properties = {
    ...ExplorerElement.properties,
    outcome: { state: true },
    pending: { state: true },
    shownSize: { state: true },
  };

  private outcome: Outcome | undefined = undefined;
  /** The devices are being opened. */
  private pending = false;
  private shownSize = '';

  readonly #log = new ConnectionLog();
  readonly #media = new CapturedMedia(this.#log, () => this.requestUpdate());
  readonly #constraints = new ConstraintsEditor(this, this.#media, this.#log, this.say, {
    shownSize: () => this.shownSize,
    onOutcome: (outcome) => (this.outcome = outcome),
  });

  override connectedCallback(): void {
    super.connectedCallback();
    navigator.mediaDevices?.addEventListener('devicechange', this.#onDevices);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    navigator.mediaDevices?.removeEventListener('devicechange', this.#onDevices);
    this.#close();
  }

  protected override slice(): readonly unknown[] {
    return [];
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    this.#show('.self', this.#media.stream);
    this.#show('.copy', this.#media.copy);
  }

  protected override render() {
    const { stream } = this.#media;
    return html`
      <div class="body">
        <h2><slot name="heading">${this.say('media-explorer')}</slot></h2>
        <div class="columns">
          <section>
            ${this.#views()}
            <p class="hint">${this.say(stream ? 'media-hint' : 'media-begin')}</p>
            ${streamMethods(this.say, this.#media, {
              pending: this.pending,
              open: () => void this.#open(),
              run: (name, call) => this.#run(name, call),
              close: () => this.#close(),
            })}
            ${outcomeView(this.outcome, (code) => this.words(code))}
          </section>
          <section>${streamTable(stream)} ${this.#constraints.render()}</section>
        </div>
        <div class="columns">
          ${stream?.getTracks().map((track) => trackTable(this.say, this.#media, track)) ?? nothing}
        </div>
        ${timeline(this.say, this.#log.state.entries)}
      </div>
    `;
  }

  #views() {
    const { copy } = this.#media;
    return html`
      <div class="views">
        <figure>
          <video
            class="self mirror"
            part="video"
            autoplay
            playsinline
            .muted=${true}
            aria-label=${this.say('self-view')}
            @resize=${this.#onResize}
          ></video>
          <figcaption>
            ${this.say('self-view')}${
              this.shownSize ? html`: <bdi>${this.shownSize}</bdi>` : nothing
            }
          </figcaption>
        </figure>
        ${
          copy
            ? html`<figure>
                <video
                  class="copy mirror"
                  autoplay
                  playsinline
                  .muted=${true}
                  aria-label=${this.say('clone')}
                ></video>
                <figcaption>${this.say('clone')}: <code>${copy.id}</code></figcaption>
              </figure>`
            : nothing
        }
      </div>
    `;
  }

  async #open(): Promise<void> {
    if (this.pending) return;
    this.pending = true;
    const call = 'getUserMedia({ audio: true, video: true })';
    try {
      const { getUserMedia } = deviceSettings(this.session);
      const stream = await getUserMedia({ audio: true, video: true });
      // If the tag has left the page meanwhile, the camera's light goes off again.
      if (!this.isConnected) return stream.getTracks().forEach((track) => track.stop());
      this.#media.take(stream);
      this.#constraints.load();
      this.outcome = { call, text: describe(stream.getTracks()) };
      this.#log.add('step', 'getUserMedia()', stream.id);
    } catch (cause) {
      const { code } = await mediaError(cause, ['audio', 'video']);
      this.outcome = { call, text: nameOf(cause), code, failed: true };
      this.#log.add('step', 'getUserMedia()', nameOf(cause));
    } finally {
      this.pending = false;
    }
  }

  #run(call: string, run: () => string | void): void {
    this.outcome = { call, text: run() || this.say('done') };
    this.#log.add('step', call);
    this.requestUpdate();
  }

  #close(): void {
    this.#media.close();
    this.shownSize = '';
  }

  #onDevices = (): void => this.#media.note('devicechange', '');

  #onResize = (event: Event): void => {
    const { videoWidth, videoHeight } = event.target as HTMLVideoElement;
    this.shownSize = videoWidth ? `${videoWidth}×${videoHeight}` : '';
  };

  #show(selector: string, stream: MediaStream | undefined): void {
    const video = this.renderRoot.querySelector<HTMLVideoElement>(selector);
    if (video && video.srcObject !== (stream ?? null)) video.srcObject = stream ?? null;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'rtc-media-explorer': RtcMediaExplorer;
  }
}
