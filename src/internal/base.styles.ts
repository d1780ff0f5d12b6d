import { css } from 'lit';

/**
 * The base styles of every tag: nothing of the page leaks in, and each public `--rtc-*` token has
 * its default. `light-dark()` follows the `color-scheme` of the place the tag stands in.
 */
export const baseStyles = css`
  /* Without a font of its own a tag has the page's, in the size that the person has chosen. */
  @layer {
    :host {
      font: medium/1.5 system-ui;
      font-family: inherit;
    }
  }
  :host {
    all: initial;
    --_rtc-surface: var(--rtc-surface, light-dark(#fff, #16181d));
    --_rtc-raised: var(--rtc-raised, light-dark(#f3f4f8, #22252d));
    --_rtc-text: var(--rtc-text, light-dark(#171a21, #eef0f5));
    --_rtc-muted: var(--rtc-muted, light-dark(#565d6d, #a9afbd));
    --_rtc-line: var(--rtc-line, light-dark(#dfe2ea, #353944));
    --_rtc-field: var(--rtc-field, light-dark(#858b9a, #757c8c));
    --_rtc-accent: var(--rtc-accent, light-dark(#3a50d9, #a3b4ff));
    --_rtc-on-accent: var(--rtc-on-accent, light-dark(#fff, #10163a));
    --_rtc-danger: var(--rtc-danger, light-dark(#c2253a, #ff9aa4));
    --_rtc-on-danger: var(--rtc-on-danger, light-dark(#fff, #3a060d));
    --_rtc-success: var(--rtc-success, light-dark(#12784a, #74d9a8));
    --_rtc-on-success: var(--rtc-on-success, light-dark(#fff, #03301b));
    --_rtc-stage: var(--rtc-stage, #14161b);
    --_rtc-radius: var(--rtc-radius, 12px);
    --_rtc-gap: var(--rtc-gap, 12px);
    color-scheme: inherit;
    display: block;
    overflow-wrap: anywhere;
    /* A page's own rule for all elements, a common reset say, would win over these otherwise. */
    box-sizing: border-box !important;
    /* Words on the page's own ground have its colour; a surface of the kit brings the kit's. */
    color: var(--_rtc-ink, var(--rtc-text, inherit)) !important;
    font: var(--rtc-font, revert-layer) !important;
    letter-spacing: normal !important;
    text-align: start !important;
    text-indent: 0 !important;
    text-transform: none !important;
    white-space: normal !important;
    word-spacing: 0 !important;
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }
  p {
    margin: 0;
  }
  .icon {
    block-size: 1.25em;
    fill: none;
    flex: none;
    inline-size: 1.25em;
    stroke: currentColor;
    stroke-linecap: round;
    stroke-linejoin: round;
    stroke-width: 2;
  }
  .muted {
    color: var(--_rtc-quiet, var(--rtc-muted, inherit));
  }
  /* On a surface of its own: the page's ground may be as dark as the words, or as light. */
  .error:not(.unseen) {
    background: var(--_rtc-surface);
    box-shadow: 0 0 0 4px var(--_rtc-surface);
    color: var(--_rtc-danger);
  }
  .unseen:not(:focus-within) {
    block-size: 1px;
    clip-path: inset(50%);
    inline-size: 1px;
    overflow: hidden;
    position: absolute;
    white-space: nowrap;
  }
`;
