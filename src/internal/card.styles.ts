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
    display: flex;
    flex-direction: column;
    min-inline-size: min(280px, 100%);
  }
  .body {
    display: grid;
    gap: var(--_rtc-gap);
    padding: calc(var(--_rtc-gap) * 1.5);
  }
  h2 {
    font-size: 1.125em;
    font-weight: 650;
    margin: 0;
  }
`;
