import { html, nothing, type PropertyValues, type ReactiveElement } from 'lit';
import type { Call } from '../core/call/call.js';
import type { ErrorCode } from '../core/errors.js';
import type { CallKind } from '../protocol/messages.js';
import type { PageSession } from './page-session.js';
import { SessionElement } from './session-element.js';

/** The call a widget shows, and the one that rings in it: often the same. */
interface Presented {
  shown?: Call;
  ringing?: Call;
}

type Target = (HTMLElement & Partial<Pick<ReactiveElement, 'updateComplete'>>) | null;

/**
 * What `rtc-video-call`, `rtc-voice-call` and `rtc-text-chat` share: they ring and show the
 * calls that the session assigns to them, say in words how a call stands, and keep the focus in
 * themselves when the part that had it makes room for another.
 */
export abstract class CallWidget extends SessionElement {
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

  /** Calls this person only: the field for the name becomes one Call button. */
  peer = '';

  /** The kinds of call that the tag takes, the one it is made for first. */
  protected abstract readonly kinds: readonly CallKind[];

  readonly #internals = this.attachInternals();
  #hadFocus = false;

  protected override slice(session: PageSession): readonly unknown[] {
    const { shown, ringing } = this.presented(session);
    return [session.signaling.state, session.callPart, shown?.state, ringing?.state];
  }

  protected override joined(session: PageSession): () => void {
    return session.present({ element: this, kinds: this.kinds, role: 'widget' });
  }

  protected presented(session = this.session): Presented {
    const { presenters, state } = session ?? {};
    if (!presenters || !state) return {};
    const mine = state.calls.filter(({ kind }) => this.kinds.includes(kind));
    return {
      shown: mine.findLast((call) => presenters.shownIn(call) === this),
      ringing: mine.findLast((call) => isIncoming(call) && presenters.ringerOf(call) === this),
    };
  }

  /** How a call stands and what is wrong with one's devices: said once, as it changes. */
  protected callStatus(call: Call | undefined) {
    const phase = call?.state.phase;
    const words = this.#words(call);
    const error = call?.state.local.error ?? this.#trouble;
    // Seen in a call is the call itself; the live regions are there before they say something.
    return html`
      <p
        class="status ${words && phase !== 'active' ? 'muted' : 'unseen'}"
        part="status"
        role="status"
      >
        ${words}
      </p>
      <p class="status ${error ? 'error' : 'unseen'}" role="alert">
        ${error ? this.words(error) : nothing}
      </p>
    `;
  }

  /** The bell inside a widget. It comes with the call part. */
  protected bell(ringing: Call | undefined) {
    if (!this.session?.presenters) return nothing;
    return html`
      <rtc-incoming-call
        .call=${ringing ?? null}
        .provider=${this.provider}
        .autoAccept=${this.autoAccept}
        ?silent=${this.silent}
      ></rtc-incoming-call>
    `;
  }

  /** The field that a call begins with. It comes with the call part. */
  protected dial() {
    if (!this.session?.presenters) return nothing;
    return html`
      <rtc-dial .kind=${this.kinds[0]!} .provider=${this.provider} .peer=${this.peer}></rtc-dial>
    `;
  }

  /** The part that the focus goes to when the one that had it is gone. */
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

  async #refocus(): Promise<void> {
    const target = await this.focusTarget();
    // The parts render after this: the one that had the focus lets it go, the next has some to take.
    await target?.updateComplete;
    // Nowhere, unless the person has moved on meanwhile.
    if (document.activeElement === document.body) target?.focus();
  }

  /** Why nobody can be called from here, though this person is signed in. */
  get #trouble(): ErrorCode | undefined {
    const { callPart, signaling } = this.session ?? {};
    const signedIn = signaling?.state.status === 'signed-in';
    return signedIn && callPart === 'failed' ? 'calls-not-loaded' : undefined;
  }

  /** How a call stands, in words; the ring of an incoming one is said where it rings. */
  #words(call: Call | undefined): string {
    if (this.alone) return this.t('no-provider');
    if (!call) return this.#wordsWithoutCall();
    const { name, direction, state } = call;
    const { phase, reached, error } = state;
    if (phase === 'ended') return this.words(error ?? endOf(call), { name });
    if (phase !== 'ringing') return this.t(phase, { name });
    return direction === 'outgoing' ? this.t(reached ? 'ringing' : 'calling', { name }) : '';
  }

  #wordsWithoutCall(): string {
    const { callPart, signaling } = this.session ?? {};
    const status = signaling?.state.status;
    if (status === 'signed-out') return this.t('sign-in-first');
    return status === 'signed-in' && callPart === 'loading' ? this.t('getting-ready') : '';
  }

  /** A custom state that a page may style by: `rtc-video-call:state(in-call)`. */
  #setState(state: string, on: boolean): void {
    // Not in every supported browser: there the page styles without it.
    this.#internals.states?.[on ? 'add' : 'delete'](state);
  }
}

/** Why a call ended, in the key of the words for this side of it. */
function endOf({ kind, direction, state: { reason } }: Call): string {
  if (reason === 'hung-up' || reason === 'signed-out') {
    return kind === 'chat' ? 'end-chat-ended' : 'end-hung-up';
  }
  const refused = reason === 'declined' || reason === 'no-answer';
  return `end-${refused && direction === 'incoming' ? 'not-taken' : reason}`;
}

/** Rings at the other side, or runs. */
export function isLive(call: Call | undefined): call is Call {
  return !!call && !call.ended && !isIncoming(call);
}

/** Rings at this side. */
export function isIncoming(call: Call): boolean {
  return call.direction === 'incoming' && call.state.phase === 'ringing';
}
