import { html, nothing } from 'lit';
import type { PageSession } from '../../context/page-session.js';
import { SessionElement } from '../../context/session-element.js';
import type { Call } from '../../core/call/call.js';
import { iconSet } from '../../internal/icons.js';
import { controlStyles } from '../../internal/controls.styles.js';
import { styles } from './stream.styles.js';

/**
 * One party of a call: picture or, without one, an initial; sound; name; what is turned off.
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
    blocked: { state: true },
  };

  /** Whose: `remote`, or `local` for a self view, mirrored and without its sound. */
  party: 'remote' | 'local' = 'remote';

  /** The call, from the widget around; left out, the one with sound or picture. */
  call: Call | undefined = undefined;

  /** The browser refused to play sound before the person has done something. */
  private blocked = false;

  readonly #icon = iconSet();
  #video: HTMLVideoElement | undefined;

  protected override slice(session: PageSession) {
    return [(this.call ?? session.mediaCall)?.state];
  }

  protected override render() {
    const call = this.#call;
    if (!call || call.ended) return nothing;
    const local = this.party === 'local';
    const { microphone, camera } = call.state[this.party];
    const picture = camera && call.kind === 'video' && !!call.state[this.party].stream;
    // Until the first connection there is nothing of theirs to see. The video stands ready all the
    // same, and shows nothing: laid out only then, it would be late for its first frame.
    const seen = picture && (local || !!call.state.since);
    const name = local ? this.t('you') : call.name;
    const [initial] = (local ? this.session?.signaling.state.name : call.name) ?? '';
    return html`
      <video
        part="video"
        autoplay
        playsinline
        aria-label=${name}
        .muted=${local || this.blocked}
        ?hidden=${!picture}
      ></video>
      <div class="avatar" part="avatar" aria-hidden="true" ?hidden=${seen}>
        ${initial?.toUpperCase()}
      </div>
      <p class="caption" part="caption">
        <bdi>${name}</bdi>
        ${microphone ? nothing : this.#badge('microphone')}
        ${camera || call.kind !== 'video' ? nothing : this.#badge('camera')}
      </p>
      ${
        this.blocked
          ? html`<div class="blocked" role="alert">
              <p>${this.t('sound-off')}</p>
              <button class="primary" @click=${this.#unblock}>${this.t('turn-on-sound')}</button>
            </div>`
          : nothing
      }
    `;
  }

  protected override updated(): void {
    // One that is gone waits for its first frame, and is held, for as long as it has a stream.
    const video = (this.#video = this.renderRoot.querySelector('video') ?? this.#video);
    const stream = this.#call?.state[this.party].stream ?? null;
    if (!video || video.srcObject === stream) return;
    video.srcObject = stream;
    if (stream) void this.#play(video);
  }

  get #call(): Call | undefined {
    return this.call ?? this.session?.mediaCall;
  }

  #badge(device: 'microphone' | 'camera') {
    return html`<span class="badge">
      ${this.#icon(device, true)}<span class="unseen">${this.t(`${device}-off`)}</span>
    </span>`;
  }

  async #play(video: HTMLVideoElement): Promise<void> {
    try {
      await video.play();
    } catch (error) {
      // Anything else is the end of this stream: a newer one, or the end of the call, has come.
      if ((error as Error).name === 'NotAllowedError' && !this.blocked) {
        this.blocked = true;
        await this.updateComplete;
        await this.#play(video);
      }
    }
  }

  #unblock = (): void => {
    this.blocked = false;
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'rtc-stream': RtcStream;
  }
}
