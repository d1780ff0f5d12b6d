import { LitElement, type CSSResult } from 'lit';

/** The style sheets made for documents other than the kit's own, by the styles that they hold. */
const copies = new WeakMap<Document, Map<CSSResult, CSSStyleSheet>>();

/**
 * The base of every tag. A style sheet serves only the document it was made in. A tag that comes into
 * another, a frame or a picture-in-picture window, wears sheets that are made by that window.
 */
export abstract class KitElement extends LitElement {
  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    if (this.ownerDocument === document) return super.createRenderRoot();
    const { shadowRootOptions } = this.constructor as typeof LitElement;
    const root = this.shadowRoot ?? this.attachShadow(shadowRootOptions);
    this.#dress(root);
    return root;
  }

  /** By now the browser has taken the style sheets away, on the way back as well. */
  adoptedCallback(): void {
    if (this.shadowRoot) this.#dress(this.shadowRoot);
  }

  #dress(root: ShadowRoot): void {
    const styles = (this.constructor as typeof LitElement).elementStyles as CSSResult[];
    root.adoptedStyleSheets = styles.flatMap((style) => sheetIn(root.ownerDocument, style) ?? []);
  }
}

/** The style sheet for a document. A document without a window shows nothing, and has none. */
function sheetIn(place: Document, style: CSSResult): CSSStyleSheet | undefined {
  if (place === document) return style.styleSheet;
  const view = place.defaultView;
  if (!view) return undefined;
  const sheets = copies.get(place) ?? new Map<CSSResult, CSSStyleSheet>();
  copies.set(place, sheets);
  let sheet = sheets.get(style);
  if (!sheet) {
    sheet = new view.CSSStyleSheet();
    sheet.replaceSync(style.cssText);
    sheets.set(style, sheet);
  }
  return sheet;
}
