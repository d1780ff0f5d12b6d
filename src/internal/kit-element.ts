import { LitElement, adoptStyles, type CSSResult } from 'lit';

/**
 * The base of every tag. A style sheet serves only the document it was made in. A tag that comes into
 * another, a frame or a picture-in-picture window, wears sheets that are made by that window.
 */
export abstract class KitElement extends LitElement {
  protected override createRenderRoot(): ShadowRoot {
    const { shadowRootOptions } = this.constructor as typeof LitElement;
    const root = this.shadowRoot ?? this.attachShadow(shadowRootOptions);
    dress(root, this);
    return root;
  }

  /** By now the browser has taken the style sheets away, on the way back as well. */
  adoptedCallback(): void {
    if (this.shadowRoot) dress(this.shadowRoot, this);
  }
}

function dress(root: ShadowRoot, { constructor, ownerDocument }: LitElement): void {
  const styles = (constructor as typeof LitElement).elementStyles as CSSResult[];
  const view = ownerDocument.defaultView;
  if (view === window) adoptStyles(root, styles);
  // A document without a window shows nothing.
  else if (view) root.adoptedStyleSheets = styles.map(({ cssText }) => sheetIn(view, cssText));
}

function sheetIn(view: Pick<typeof globalThis, 'CSSStyleSheet'>, text: string): CSSStyleSheet {
  const sheet = new view.CSSStyleSheet();
  sheet.replaceSync(text);
  return sheet;
}
