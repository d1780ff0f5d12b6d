import { html, nothing, type PropertyValues } from 'lit';
import { live } from 'lit/directives/live.js';
import { ConnectionLog } from '../../core/inspect/connection-log.js';
import { videoSizes } from '../../core/media/constraints.js';
import { mediaError } from '../../core/media/media-error.js';
import { deviceSettings } from '../../explorers/device-settings.js';
import { ExplorerElement } from '../../explorers/explorer-element.js';
import { timeline } from '../../explorers/timeline.js';
import { styles } from './media-explorer.styles.js';

type Kind = 'audio' | 'video';

/** What the last method that was called came to. */
interface Outcome {
  call: string;
  text: string;
  /** Code of what went wrong, where there are words for it. */
  code?: string;
  failed?: boolean;
}

const trackEvents = ['ended', 'mute', 'unmute'];

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
    stream: { state: true },
    copy: { state: true },
    outcome: { state: true },
    pending: { state: true },
    kind: { state: true },
    draft: { state: true },
    size: { state: true },
  };

  private stream: MediaStream | undefined = undefined;
  private copy: MediaStream | undefined = undefined;
  private outcome: Outcome | undefined = undefined;
  private pending = false;
  /** Whose constraints are edited. */
  private kind: Kind = 'video';
  private draft = '';
  /** Of the picture as it is shown, in pixels. */
  private size = '';

  #log = new ConnectionLog();
  /** Taken out of the stream, and still open: addTrack() puts them back. */
  #removed: MediaStreamTrack[] = [];

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    navigator.mediaDevices?.removeEventListener('devicechange', this.#onDevices);
    this.#close();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    navigator.mediaDevices?.addEventListener('devicechange', this.#onDevices);
  }

  protected override slice(): readonly unknown[] {
    return [];
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    this.#show('.self', this.stream);
    this.#show('.copy', this.copy);
  }

  protected override render() {
    return html`
      <div class="body">
        <h2><slot name="heading">${this.say('media-explorer')}</slot></h2>
        <div class="columns">
          <section>
            ${this.#views()}
            <p class="hint">${this.say(this.stream ? 'media-hint' : 'media-begin')}</p>
            ${this.#methods()} ${this.#result()}
          </section>
          <section>${this.#streamTable()} ${this.#constraints()}</section>
        </div>
        <div class="columns">
          ${this.stream?.getTracks().map((track) => this.#trackTable(track)) ?? nothing}
        </div>
        ${timeline(this.say, this.#log.state.entries)}
      </div>
    `;
  }

  #views() {
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
            ${this.say('self-view')}${this.size ? html`: <bdi>${this.size}</bdi>` : nothing}
          </figcaption>
        </figure>
        ${
          this.copy
            ? html`<figure>
                <video
                  class="copy mirror"
                  autoplay
                  playsinline
                  .muted=${true}
                  aria-label=${this.say('clone')}
                ></video>
                <figcaption>${this.say('clone')}: <code>${this.copy.id}</code></figcaption>
              </figure>`
            : nothing
        }
      </div>
    `;
  }

  #methods() {
    const { stream, copy, pending } = this;
    const none = !stream;
    const missing = (kind: Kind) => !stream?.getTracks().some((track) => track.kind === kind);
    return html`
      <div class="buttons">
        <button
          class="primary"
          aria-disabled=${pending}
          ?disabled=${!none}
          @click=${() => this.#open()}
        >
          <code>getUserMedia()</code>
        </button>
        ${this.#method('getTracks()', none, (s) => describe(s.getTracks()))}
        ${this.#method('getAudioTracks()', none, (s) => describe(s.getAudioTracks()))}
        ${this.#method('getVideoTracks()', none, (s) => describe(s.getVideoTracks()))}
        ${this.#method('getTrackById()', none || !stream.getTracks().length, (s) => {
          const { id } = s.getTracks()[0]!;
          return `${id}\n${describe([s.getTrackById(id)!])}`;
        })}
        ${this.#method('removeTrack() audio', missing('audio'), (s) => this.#remove(s, 'audio'))}
        ${this.#method('removeTrack() video', missing('video'), (s) => this.#remove(s, 'video'))}
        ${this.#method('addTrack()', !this.#removed.length, (s) => {
          const track = this.#removed.pop()!;
          s.addTrack(track);
          return describe([track]);
        })}
        ${this.#method('clone()', none || !!copy, (s) => {
          this.copy = s.clone();
          return `${this.copy.id}\n${describe(this.copy.getTracks())}`;
        })}
        ${this.#method(this.say('stop-clone'), !copy, () => this.#stopCopy())}
        ${this.#method(this.say('stop-all'), none, () => this.#close())}
      </div>
    `;
  }

  #method(name: string, disabled: boolean, call: (stream: MediaStream) => string | void) {
    const run = () => {
      this.outcome = { call: name, text: call(this.stream!) || this.say('done') };
      this.#log.add('step', name);
      this.requestUpdate();
    };
    return html`<button ?disabled=${disabled} @click=${run}><code>${name}</code></button>`;
  }

  #result() {
    const { outcome } = this;
    return html`
      <div role="status">
        ${
          outcome
            ? html`<div class="outcome ${outcome.failed ? 'bad' : ''}" part="result">
                <p><code>${outcome.call}</code></p>
                ${outcome.code ? html`<p>${this.words(outcome.code)}</p>` : nothing}
                <p class="code" dir="ltr">
                  ${outcome.text.split('\n').map((line) => html`${line}<br />`)}
                </p>
              </div>`
            : nothing
        }
      </div>
    `;
  }

  #streamTable() {
    const { stream } = this;
    return html`
      <table part="stream">
        <caption>
          MediaStream
        </caption>
        <tbody>
          ${row('id', stream?.id ?? '–')} ${row('active', String(stream?.active ?? '–'))}
          ${row('getTracks().length', String(stream?.getTracks().length ?? '–'))}
        </tbody>
      </table>
    `;
  }

  #trackTable(track: MediaStreamTrack) {
    const title = this.say(track.kind === 'audio' ? 'audio-track' : 'video-track');
    return html`
      <section aria-label=${title}>
        <table part="track">
          <caption>
            ${title}
          </caption>
          <tbody>
            ${(['id', 'kind', 'label', 'enabled', 'muted', 'readyState'] as const).map((name) =>
              row(name, String(track[name])),
            )}
            ${row('getSettings()', json(this.say('show'), track.getSettings()))}
            ${row(
              'getCapabilities()',
              // Not in every supported browser.
              track.getCapabilities
                ? json(this.say('show'), track.getCapabilities())
                : this.say('unknown'),
            )}
            ${row('getConstraints()', json(this.say('show'), track.getConstraints()))}
          </tbody>
        </table>
        <div class="buttons">
          <button class="small" @click=${() => this.#toggle(track)}>
            <code>enabled = ${String(!track.enabled)}</code>
          </button>
          <button
            class="small"
            ?disabled=${track.readyState === 'ended'}
            @click=${() => this.#stop(track)}
          >
            <code>${track.kind}.stop()</code>
          </button>
        </div>
      </section>
    `;
  }

  #constraints() {
    const presets = [
      ['preset-mobile', videoSizes.phone],
      ['preset-desktop', videoSizes.desktop],
    ] as const;
    return html`
      <form @submit=${this.#onSubmit} aria-label=${this.say('constraints')}>
        <fieldset>
          <legend>${this.say('constraints')}</legend>
          <p class="hint">${this.say('constraints-hint', { example: '{ "width": 320 }' })}</p>
          <div class="buttons">
            ${presets.map(
              ([key, size]) =>
                html`<button
                  type="button"
                  ?disabled=${!this.#track('video')}
                  @click=${() => this.#preset(size)}
                >
                  ${this.say(key, size)}
                </button>`,
            )}
          </div>
          <label>
            ${this.say('constrained-track')}
            <select .value=${live(this.kind)} @change=${this.#onKind}>
              <option value="video">${this.say('video-track')}</option>
              <option value="audio">${this.say('audio-track')}</option>
            </select>
          </label>
          <label>
            ${this.say('constraints-json')}
            <textarea
              spellcheck="false"
              dir="ltr"
              .value=${live(this.draft)}
              @input=${(event: Event) => {
                this.draft = (event.target as HTMLTextAreaElement).value;
              }}
            ></textarea>
          </label>
          <div class="buttons">
            <button ?disabled=${!this.#track(this.kind)}><code>applyConstraints()</code></button>
          </div>
        </fieldset>
      </form>
    `;
  }

  async #open(): Promise<void> {
    if (this.pending) return;
    this.pending = true;
    const call = 'getUserMedia({ audio: true, video: true })';
    try {
      const { getUserMedia } = deviceSettings(this.session);
      const stream = await getUserMedia({ audio: true, video: true });
      // Taken off the page meanwhile: no light may stay on.
      if (!this.isConnected) return stream.getTracks().forEach((track) => track.stop());
      this.#take(stream);
      this.outcome = { call, text: describe(stream.getTracks()) };
      this.#log.add('step', 'getUserMedia()', stream.id);
    } catch (cause) {
      this.outcome = { call, text: nameOf(cause), code: mediaError(cause).code, failed: true };
      this.#log.add('step', 'getUserMedia()', nameOf(cause));
    } finally {
      this.pending = false;
    }
  }

  #take(stream: MediaStream): void {
    this.stream = stream;
    this.#removed = [];
    this.#loadDraft();
    for (const type of ['addtrack', 'removetrack']) {
      stream.addEventListener(type, (event) => {
        this.#note(type, (event as MediaStreamTrackEvent).track.kind);
      });
    }
    for (const track of stream.getTracks()) {
      for (const type of trackEvents) {
        track.addEventListener(type, () => this.#note(type, track.kind));
      }
    }
  }

  #note(type: string, detail: string): void {
    this.#log.add('event', type, detail);
    this.requestUpdate();
  }

  #onDevices = (): void => this.#note('devicechange', '');

  #remove(stream: MediaStream, kind: Kind): string {
    const track = stream.getTracks().find((each) => each.kind === kind)!;
    stream.removeTrack(track);
    this.#removed.push(track);
    return describe([track]);
  }

  #toggle(track: MediaStreamTrack): void {
    track.enabled = !track.enabled;
    this.#log.add('step', `${track.kind}.enabled = ${track.enabled}`);
    this.requestUpdate();
  }

  #stop(track: MediaStreamTrack): void {
    // The page that stops a track knows: it gets no `ended` event.
    track.stop();
    this.#log.add('step', `${track.kind}.stop()`);
    this.requestUpdate();
  }

  #stopCopy(): void {
    this.copy?.getTracks().forEach((track) => track.stop());
    this.copy = undefined;
  }

  #close(): void {
    this.#stopCopy();
    for (const track of [...(this.stream?.getTracks() ?? []), ...this.#removed]) track.stop();
    this.#removed = [];
    this.stream = undefined;
    this.size = '';
  }

  #track(kind: Kind): MediaStreamTrack | undefined {
    return this.stream?.getTracks().find((track) => track.kind === kind);
  }

  #loadDraft(): void {
    this.draft = JSON.stringify(this.#track(this.kind)?.getConstraints() ?? {}, undefined, 2);
  }

  #onKind = (event: Event): void => {
    this.kind = (event.target as HTMLSelectElement).value as Kind;
    this.#loadDraft();
  };

  #preset({ width, height }: { width: number; height: number }): void {
    this.kind = 'video';
    this.draft = JSON.stringify({ width: { max: width }, height: { max: height } }, undefined, 2);
    void this.#apply();
  }

  #onSubmit = (event: Event): void => {
    event.preventDefault();
    void this.#apply();
  };

  async #apply(): Promise<void> {
    const track = this.#track(this.kind)!;
    const call = `${this.kind}.applyConstraints()`;
    try {
      await track.applyConstraints(JSON.parse(this.draft) as MediaTrackConstraints);
      this.outcome = { call, text: this.#delivered(track) };
      this.#log.add('step', call, JSON.stringify(track.getConstraints()));
    } catch (error) {
      const code = error instanceof SyntaxError ? 'constraints-no-json' : undefined;
      const text = code ? `${this.say(code)} ${String(error)}` : nameOf(error);
      this.outcome = { call, text, failed: true };
      this.#log.add('step', call, text);
    }
    this.requestUpdate();
  }

  /** What a track really gives; where it does not say so itself, as large as it is shown. */
  #delivered(track: MediaStreamTrack): string {
    const { width, height, frameRate } = track.getSettings();
    const size = width ? `${width}×${height}` : track.kind === 'video' ? this.size : '';
    if (!size) return this.say('done');
    const delivered = frameRate ? `${size}, ${Math.round(frameRate)}/s` : size;
    return this.say('delivered', { delivered });
  }

  #onResize = (event: Event): void => {
    const { videoWidth, videoHeight } = event.target as HTMLVideoElement;
    this.size = videoWidth ? `${videoWidth}×${videoHeight}` : '';
  };

  #show(selector: string, stream: MediaStream | undefined): void {
    const video = this.renderRoot.querySelector<HTMLVideoElement>(selector);
    if (video && video.srcObject !== (stream ?? null)) video.srcObject = stream ?? null;
  }
}

const row = (name: string, value: unknown) => html`
  <tr>
    <th scope="row"><code>${name}</code></th>
    <td>${value}</td>
  </tr>
`;

const json = (title: string, value: unknown) => html`
  <details>
    <summary>${title}</summary>
    <pre tabindex="0">${JSON.stringify(value, undefined, 2)}</pre>
  </details>
`;

function describe(tracks: readonly MediaStreamTrack[]): string {
  const lines = tracks.map(
    ({ kind, label, readyState, enabled }) =>
      `${kind} “${label}”, ${readyState}${enabled ? '' : ', enabled: false'}`,
  );
  return [`[${tracks.length}]`, ...lines].join('\n');
}

/** Of an OverconstrainedError the constraint that could not be met is what one needs to know. */
function nameOf(cause: unknown): string {
  const { name, message, constraint } = cause as Error & { constraint?: string };
  return [constraint ? `${name} (${constraint})` : name, message].filter(Boolean).join(': ');
}

declare global {
  interface HTMLElementTagNameMap {
    'rtc-media-explorer': RtcMediaExplorer;
  }
}
