import { html, nothing, type PropertyValues } from 'lit';
import { live } from 'lit/directives/live.js';
import { CallWidget } from '../../context/call-widget.js';
import type { PageSession } from '../../context/page-session.js';
import { ConnectionLog } from '../../core/inspect/connection-log.js';
import { connectionStyles } from '../../explorers/connection.styles.js';
import { explorerStyles } from '../../explorers/explorer.styles.js';
import { ExplorerWords } from '../../explorers/explorer-words.js';
import { StatsWatch } from '../../explorers/stats-watch.js';
import { cardStyles } from '../../internal/card.styles.js';
import { controlStyles } from '../../internal/controls.styles.js';
import '../../localize/call-words.js';
import { AlonePanel } from './alone.js';
import type { ChannelWish } from './channel-form.js';
import { Channels } from './channels.js';
import { Choices } from './choices.js';
import { connectionPanel } from './connection-panel.js';
import { Methods } from './methods.js';
import { styles } from './peer-explorer.styles.js';
import { TogetherPanel } from './together.js';
import type { Tools } from './tools.js';

/**
 * An RTCPeerConnection taken apart: connected step by step with another end on the same page, or
 * with another person through the provider; states, events, descriptions, candidates, data
 * channels and the other methods, each to be tried.
 *
 * @summary RTCPeerConnection and RTCDataChannel, explored.
 * @tag rtc-peer-explorer
 * @attr peer - The name that the field for the other person begins with.
 * @slot heading - Replaces the heading.
 * @csspart progress - Which step is next.
 * @csspart steps - The list of steps.
 * @csspart status-error - What is wrong with the camera or the microphone.
 * @csspart login-form - The form to sign in with.
 * @csspart login-status - Who is signed in.
 * @csspart login-error - Why signing in failed.
 * @csspart states - The table of one end's states.
 * @csspart winner - The pair of candidates that carries the connection.
 * @csspart candidates - The table of candidates.
 * @csspart pairs - The table of pairs.
 * @csspart description - One description of one end.
 * @csspart result - What the last method gave.
 * @csspart timeline - The table of what happened.
 * @cssstate ringing - A call is coming in here.
 * @cssstate in-call - A call is on, or being made.
 */
export class RtcPeerExplorer extends CallWidget {
  static override styles = [
    CallWidget.styles,
    cardStyles,
    controlStyles,
    explorerStyles,
    connectionStyles,
    styles,
  ];

  static override properties = {
    ...CallWidget.properties,
    mode: {},
    interval: { type: Number },
  };

  /** `alone`: both ends are on this page; `together`: with another person, through the provider. */
  mode: 'alone' | 'together' = 'alone';

  /** How often statistics are read, in milliseconds. */
  interval = 1000;

  // A tag that is made for chats comes after a text chat of the page, and takes calls with media.
  protected override readonly kinds = ['chat', 'voice', 'video'] as const;

  readonly #words = new ExplorerWords(this);
  readonly #say = this.#words.say;
  readonly #log = new ConnectionLog();
  readonly #tools: Tools = {
    log: this.#log,
    say: this.#say,
    channels: new Channels(this, this.#log, this.#say),
    watch: new StatsWatch(this),
    choices: new Choices(this, this.#say),
    t: (key) => this.t(key),
    problem: (problem) => (/^[a-z-]+$/.test(problem) ? this.words(problem) : problem),
    presented: () => this.presented(),
    session: () => this.session,
    forget: () => this.#forget(),
    update: () => this.requestUpdate(),
  };
  readonly #methods = new Methods(this, this.#log, this.#say);
  readonly #alone = new AlonePanel(this.#tools);
  readonly #together = new TogetherPanel(this, this.#tools);

  override connectedCallback(): void {
    super.connectedCallback();
    this.#log.addEventListener('change', this.#tools.update);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#log.removeEventListener('change', this.#tools.update);
    this.#forget();
  }

  /** Closes the connection: of a call with another person, hangs up. */
  close(): void {
    this.#alone.close();
    this.presented().shown?.hangUp();
    this.requestUpdate();
  }

  /**
   * Takes the next step of connecting: with another person the first calls the one whose name is
   * filled in, or accepts the call that rings here.
   */
  async step(): Promise<void> {
    await this.#panel.step();
  }

  /** Connects: takes all steps that are left. */
  async establish(): Promise<void> {
    await this.#panel.establish();
  }

  protected override slice(session: PageSession): readonly unknown[] {
    const { shown } = this.presented(session);
    return [...super.slice(session), shown?.transport?.pc];
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (this.mode === 'alone' && this.#together.inCall) this.mode = 'together';
    if (changed.has('mode') && this.hasUpdated) this.#forget();
    if (this.mode === 'together') this.#together.follow();
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    for (const [video, stream] of [
      ['.near', this.#panel.sent],
      ['.far', this.#panel.arrived],
    ] as const) {
      const element = this.renderRoot.querySelector<HTMLVideoElement>(video);
      if (element && element.srcObject !== (stream ?? null)) element.srcObject = stream ?? null;
    }
  }

  protected override focusTarget() {
    return this.renderRoot.querySelector<HTMLElement>('.primary');
  }

  protected override render() {
    const { shown, ringing } = this.presented();
    return html`
      <div class="body">
        <h2><slot name="heading">${this.#say('peer-explorer')}</slot></h2>
        ${this.session ? this.#modes() : nothing} ${this.#panel.render()} ${this.bell(ringing)}
        ${this.mode === 'together' ? this.callStatus(shown) : nothing}
        ${connectionPanel(this.#tools, {
          ends: this.#ends,
          media: !!this.#panel.arrived?.getTracks().length,
          methods: this.#methods,
          makeChannel: this.#makeChannel,
        })}
      </div>
    `;
  }

  #modes() {
    const mode = (value: 'alone' | 'together') => html`
      <label class="check">
        <input
          type="radio"
          name="mode"
          value=${value}
          .checked=${live(this.mode === value)}
          ?disabled=${this.#together.inCall}
          @change=${() => (this.mode = value)}
        />
        ${this.#say(`mode-${value}`)}
      </label>
    `;
    return html`
      <fieldset>
        <legend>${this.#say('mode')}</legend>
        <div class="choices">${mode('alone')} ${mode('together')}</div>
      </fieldset>
    `;
  }

  get #panel(): AlonePanel | TogetherPanel {
    return this.mode === 'together' ? this.#together : this.#alone;
  }

  /** Each end that is on this page. */
  get #ends(): (readonly [string, RTCPeerConnection])[] {
    if (this.mode === 'alone') return this.#alone.ends;
    const { pc } = this.#together;
    return pc ? [['', pc]] : [];
  }

  #makeChannel = ({ label, options }: ChannelWish): void =>
    this.#panel.createChannel(label, options);

  /** Closes what there is, before something new begins. */
  #forget(): void {
    const { watch, channels, log } = this.#tools;
    this.#alone.forget();
    this.#together.forget();
    watch.watch(undefined);
    channels.clear();
    this.#methods.clear();
    log.clear();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'rtc-peer-explorer': RtcPeerExplorer;
  }
}
