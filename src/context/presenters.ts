import type { Call } from '../core/call/call.js';
import type { CallKind } from '../protocol/messages.js';
import type { BaseSession } from '../core/base-session.js';
import { Store } from '../core/store.js';

/** A tag that takes part in presenting calls. */
export interface Presenter {
  readonly element: Element;
  /** The kinds it takes, first the kind it is made for. */
  readonly kinds: readonly CallKind[];
  /** A widget rings, shows and ends calls; a ringer only rings; controls only end. */
  readonly role: 'widget' | 'ringer' | 'controls';
}

export interface PresentersState {
  /** The tags of the page that present calls, as they came. */
  all: readonly Presenter[];
}

/** How long a call goes on without a tag, in milliseconds: a page may be changing its tags. */
const GRACE = 1000;

/** Which tags of a page present calls: each call rings in one and is shown in one. */
export class Presenters extends Store<PresentersState> {
  readonly #session: BaseSession;

  /** @internal */
  constructor(session: BaseSession) {
    super({ all: [] });
    this.#session = session;
  }

  /** Adds a tag. @returns a function that takes it away again. */
  add(presenter: Presenter): () => void {
    this.update({ all: [...this.state.all, presenter] });
    return () => {
      this.update({ all: this.state.all.filter((each) => each !== presenter) });
      this.#session.settings.clock.after(GRACE, () => this.#endOrphans());
    };
  }

  /** Whether calls of this kind can be rung here. */
  take(kind: CallKind): boolean {
    return this.#for(kind).some(({ role }) => role !== 'controls');
  }

  /** The tag in which a call rings: one made for nothing else first. */
  ringerOf(call: Call): Element | undefined {
    return this.#first(call, 'ringer') ?? this.shownIn(call);
  }

  /** The tag that shows a call: first a tag made for its kind, then by document order. */
  shownIn(call: Call): Element | undefined {
    return this.#first(call, 'widget');
  }

  #for(kind: CallKind): Presenter[] {
    return this.state.all.filter(({ kinds }) => kinds.includes(kind));
  }

  #first({ kind }: Call, role: Presenter['role']): Element | undefined {
    const foreign = ({ kinds }: Presenter) => Number(kinds[0] !== kind);
    const [first] = this.#for(kind)
      .filter((presenter) => presenter.role === role)
      .sort((a, b) => foreign(a) - foreign(b) || inOrder(a.element, b.element));
    return first?.element;
  }

  /** A call that nobody can end any more is over, unless the page ends its calls itself. */
  #endOrphans(): void {
    if (this.#session.settings.keepCalls) return;
    for (const call of this.#session.state.calls) {
      if (!this.#for(call.kind).some(({ role }) => role !== 'ringer')) call.hangUp();
    }
  }
}

function inOrder(a: Element, b: Element): number {
  return a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1;
}
