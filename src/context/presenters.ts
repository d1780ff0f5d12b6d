import type { Call } from '../core/call/call.js';
import type { CallKind } from '../protocol/messages.js';

/** A tag that takes part in presenting calls. */
export interface Presenter {
  readonly element: Element;
  /** The kinds it takes; the first is the one that it is made for. */
  readonly kinds: readonly CallKind[];
  /** A widget rings, shows and ends calls; a ringer only rings; controls only end. */
  readonly role: 'widget' | 'ringer' | 'controls';
}

/** Which tags of a page present calls: each call rings in one and is shown in one. */
export class Presenters {
  readonly #all: ReadonlySet<Presenter>;

  /** @param all the tags of the page, which come and go */
  constructor(all: ReadonlySet<Presenter>) {
    this.#all = all;
  }

  /** Whether calls of this kind can be rung here. */
  take(kind: CallKind): boolean {
    return this.#for(kind).some(({ role }) => role !== 'controls');
  }

  /** The tag in which a call rings: one made for nothing else first. */
  ringerOf(call: Call): Element | undefined {
    return this.#first(call, 'ringer') ?? this.shownIn(call);
  }

  /** The tag that shows a call: the one made for its kind first, then in document order. */
  shownIn(call: Call): Element | undefined {
    return this.#first(call, 'widget');
  }

  /** Ends the calls that no tag could end any more. */
  endOrphans(calls: readonly Call[]): void {
    for (const call of calls) {
      if (!this.#for(call.kind).some(({ role }) => role !== 'ringer')) call.hangUp();
    }
  }

  #for(kind: CallKind): Presenter[] {
    return [...this.#all].filter(({ kinds }) => kinds.includes(kind));
  }

  #first({ kind }: Call, role: Presenter['role']): Element | undefined {
    const foreign = ({ kinds }: Presenter) => Number(kinds[0] !== kind);
    const [first] = this.#for(kind)
      .filter((presenter) => presenter.role === role)
      .sort((a, b) => foreign(a) - foreign(b) || inOrder(a.element, b.element));
    return first?.element;
  }
}

function inOrder(a: Element, b: Element): number {
  return a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1;
}
