import { html, nothing } from 'lit';
import type { PageSession } from '../../context/page-session.js';
import { SessionElement } from '../../context/session-element.js';
import type { Call } from '../../core/call/call.js';
import { iconSet } from '../../internal/icons.js';
import { controlStyles } from '../../internal/controls.styles.js';
import { Playback } from './playback.js';
import '../../localize/call-words.js';
import { styles } from './stream.styles.js';

/**
 * A party of a call: picture or, without a picture, an initial; sound; name; muted states. Without
 * a call it keeps its space and shows nothing.
 *
 * @summary One party's video or audio, name and muted states.
 * @tag rtc-stream
 * @csspart video - The video element; it plays the sound as well.
 * @csspart avatar - What stands in for a picture.
 * @csspart caption - Name and muted states.
 */
export class RtcStream extends SessionElement {
  static override styles = [SessionElement.styles, controlStyles, styles];

  static override properties = {
    ...SessionElement.properties,
    party: { reflect: true },
    call: { attribute: false },
  };

  /** The party: `remote`, or `local` for a self view, mirrored and without its sound. */
  party: 'remote' | 'local' = 'remote';

  /** The call, from the widget around. Left out, the last video or voice call. */
  call: Call | undefined = undefined;

  readonly #icon = iconSet();
  readonly #playback = new Playback(this);
  #video: HTMLVideoElement | undefined;

  protected override slice(session: PageSession) {
    return [(this.call ?? session.mediaCall)?.state];
  }

  protected override render() {
    const call = this.#call;
    if (!call || call.ended) return nothing;
    const local = this.party === 'local';
    const { held } = this.#playback;
    const { microphone, camera } = call.state[this.party];
    // While the call rings, the devices of this page may not have been asked for yet.
    const settled = !local || call.state.phase !== 'ringing';
    const picture = camera && call.kind === 'video' && !!call.state[this.party].stream;
    // Before the first connection the remote video has no frame. It is laid out all the same: laid
    // out later, it would miss its first frame.
    const seen = picture && (local || !!call.state.since);
    const name = local ? this.t('you') : call.name;
    const [initial] = (local ? this.session?.signaling.state.name : call.name) ?? '';
    return html`
      <div class="back"></div>
      <video
        part="video"
        autoplay
        playsinline
        aria-label=${name}
        .muted=${local || held === 'sound'}
        ?hidden=${!picture}
      ></video>
      <div class="avatar" part="avatar" aria-hidden="true" ?hidden=${seen}>
        ${initial?.toUpperCase()}
      </div>
      <p class="caption" part="caption">
        <bdi>${name}</bdi>
        ${settled && !microphone ? this.#badge('microphone') : nothing}
        ${settled && !camera && call.kind === 'video' ? this.#badge('camera') : nothing}
      </p>
      ${
        held
          ? html`<div class="blocked" role="alert">
              <p>${this.t(held === 'sound' ? 'sound-off' : 'playback-paused')}</p>
              <button class="primary" @click=${this.#playback.press}>
                ${this.t(held === 'sound' ? 'turn-on-sound' : 'continue')}
              </button>
            </div>`
          : nothing
      }
    `;
  }

  protected override updated(): void {
    // A video that has left the document is held in memory as long as it has a stream.
    const video = (this.#video = this.renderRoot.querySelector('video') ?? this.#video);
    const stream = this.#call?.state[this.party].stream ?? null;
    this.#playback.show(video, stream, this.party === 'local');
  }

  get #call(): Call | undefined {
    return this.call ?? this.session?.mediaCall;
  }

  #badge(device: 'microphone' | 'camera') {
    return html`<span class="badge">
      ${this.#icon(device, true)}<span class="unseen">${this.t(`${device}-off`)}</span>
    </span>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'rtc-stream': RtcStream;
  }
}
