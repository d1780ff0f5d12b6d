import { html, nothing, type CSSResultGroup, type PropertyValues, type ReactiveElement } from 'lit';
import type { Call } from '../core/call/call.js';
import type { CallKind } from '../protocol/messages.js';
import { guardPresses } from '../internal/press-guard.js';
import { callWidgetStyles } from './call-widget.styles.js';
import type { PageSession } from './page-session.js';
import { SessionElement } from './session-element.js';

/** The call that a widget shows, and the call that rings in it: often the same. */
interface Presented {
  shown?: Call;
  ringing?: Call;
}

type Target = (HTMLElement & Partial<Pick<ReactiveElement, 'updateComplete'>>) | null;

/**
 * The base of all call widgets: rings and shows the calls that the session assigns to it, shows the
 * state of a call in words, and keeps the focus when the part that had it is replaced.
 *
 * @csspart ring - The notice of an incoming call.
 * @csspart accept - The Accept button.
 * @csspart decline - The Decline button.
 * @csspart status - How the call stands.
 * @cssstate ringing - A call is coming in here.
 * @cssstate in-call - A call is on, or rings at the partner.
 */
export abstract class CallWidget extends SessionElement {
  static override styles: CSSResultGroup = [SessionElement.styles, callWidgetStyles];

  static override properties = {
    ...SessionElement.properties,
    autoAccept: { attribute: 'auto-accept' },
    silent: { type: Boolean },
    peer: {},
  };

  /**
   * Accepts calls without asking, and so may send a stranger picture and sound. With names, it accepts
   * those of these people only (`desk support`; `Front Desk, Bob` where names hold spaces). Without,
   * it accepts everybody's, with camera and microphone off until something has been pressed in the
   * page. With `*`, it accepts everybody's, with camera and microphone on.
   */
  autoAccept: string | null = null;

  /** Rings without a sound. */
  silent = false;

  /** The only person to call from here. */
  peer = '';

  /** The kinds of call that the tag takes, first the kind it is made for. */
  protected abstract readonly kinds: readonly CallKind[];

  readonly #internals = this.attachInternals();
  #hadFocus = false;

  constructor() {
    super();
    // Other calls have other buttons in the same place.
    guardPresses(this, () => {
      const { shown, ringing } = this.presented();
      return `${isLive(shown) ? shown.id : ''} ${ringing?.id}`;
    });
  }

  protected override slice(session: PageSession): readonly unknown[] {
    const { shown, ringing } = this.presented(session);
    return [session.signaling.state, session.state.callPart, shown?.state, ringing?.state];
  }

  protected override joined(session: PageSession): () => void {
    return session.presenters.add({ element: this, kinds: this.kinds, role: 'widget' });
  }

  protected presented(session = this.session): Presented {
    if (!session) return {};
    const { calls } = session.state;
    const mine = calls.filter(({ kind }) => this.kinds.includes(kind));
    return {
      shown: mine.findLast((call) => session.presenters.shownIn(call) === this),
      ringing: mine.findLast(
        (call) => isIncoming(call) && session.presenters.ringerOf(call) === this,
      ),
    };
  }

  /** Says how a call stands. Between two calls, `call` is the last that ended. */
  protected callStatus(call: Call | undefined) {
    return html`
      <rtc-call-status
        exportparts="status, error: status-error"
        hide-connected
        .call=${call ?? null}
        .provider=${this.provider}
      ></rtc-call-status>
    `;
  }

  /** Rings a call. Its tag comes with the call part. */
  protected bell(ringing: Call | undefined) {
    if (!this.#hasCallPart) return nothing;
    return html`
      <rtc-incoming-call
        exportparts="ring, accept, decline"
        .call=${ringing ?? null}
        .provider=${this.provider}
        .autoAccept=${this.autoAccept}
        ?silent=${this.silent}
      ></rtc-incoming-call>
    `;
  }

  /**
   * The field and the button that begin a call. Their tag comes with the call part.
   * @param last the call that was shown here last
   */
  protected dial(last: Call | undefined) {
    if (!this.#hasCallPart) return nothing;
    return html`
      <rtc-dial
        exportparts="form: dial-form, button: dial-button, error: dial-error"
        .kind=${this.kinds[0]!}
        .provider=${this.provider}
        .peer=${this.peer}
        .name=${nameToTryAgain(last)}
      ></rtc-dial>
    `;
  }

  /** The part that gets the focus when the focused part is gone. */
  protected abstract focusTarget(): Target | Promise<Target>;

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    this.#hadFocus = this.matches(':focus-within');
    const { shown, ringing } = this.presented();
    this.#setState('ringing', !!ringing);
    this.#setState('in-call', isLive(shown));
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    if (this.#hadFocus) void this.#refocus();
  }

  get #hasCallPart(): boolean {
    return this.session?.state.callPart === 'there';
  }

  async #refocus(): Promise<void> {
    const target = await this.focusTarget();
    // The parts render after this: the old part drops the focus, the new part can take it.
    await target?.updateComplete;
    // The focus is on the body, unless the person has moved it meanwhile.
    const { activeElement, body } = this.ownerDocument;
    if (activeElement === body) target?.focus();
  }

  /** A custom state that a page may style by: `rtc-video-call:state(in-call)`. */
  #setState(state: string, on: boolean): void {
    // Not in every supported browser: there the page styles without it.
    this.#internals.states?.[on ? 'add' : 'delete'](state);
  }
}

/** Rings at the partner, or runs. */
export function isLive(call: Call | undefined): call is Call {
  return !!call && !call.ended && !isIncoming(call);
}

/** Rings at this side. */
export function isIncoming(call: Call): boolean {
  return call.direction === 'incoming' && call.state.phase === 'ringing';
}

/** The name of somebody who is not online: there may be a letter wrong in it. */
function nameToTryAgain(call: Call | undefined): string {
  return call?.direction === 'outgoing' && call.state.reason === 'not-online' ? call.name : '';
}
