import { css } from 'lit';

/** The surface that a whole widget stands on. */
export const cardStyles = css`
  :host {
    --_rtc-ink: var(--_rtc-text);
    --_rtc-quiet: var(--_rtc-muted);
    background: var(--_rtc-surface);
    border: 1px solid var(--_rtc-line) !important;
    border-radius: calc(var(--_rtc-radius) * 1.5);
    container-type: inline-size;
    min-inline-size: min(280px, 100%);
  }
  .body {
    display: grid;
    gap: var(--_rtc-gap);
    padding: calc(var(--_rtc-gap) * 1.5);
  }
  :host,
  .live,
  .stage,
  .column {
    display: flex;
    flex-direction: column;
  }
  /* In a card of a given height, these give way and take what is free. */
  .live,
  .stage,
  .column {
    flex: auto;
    min-block-size: 0;
  }
  h2 {
    font-size: 1.125em;
    font-weight: 650;
    margin: 0;
  }
`;
