import { css } from 'lit';

/** Fields and buttons. At least 44 px high, for fingers (WCAG 2.5.5). */
export const controlStyles = css`
  form,
  .row {
    align-items: end;
    display: flex;
    flex-wrap: wrap;
    gap: var(--_rtc-gap);
  }
  .row {
    align-items: center;
  }
  label {
    color: var(--_rtc-quiet, var(--rtc-muted, inherit));
    display: block;
    flex: 1 1 10em;
    font-size: 0.875em;
  }
  input,
  textarea,
  select,
  button {
    border: 1px solid var(--_rtc-field);
    border-radius: var(--_rtc-radius);
    font: inherit;
    margin: 0;
    min-block-size: 44px;
    padding: 8px 14px;
  }
  input,
  textarea,
  select {
    background: var(--_rtc-surface);
    color: var(--_rtc-text);
    display: block;
    inline-size: 100%;
  }
  label :is(input, textarea, select) {
    /* As large as the text around the label, and no less than keeps iOS from zooming in. */
    font-size: max(16px, 1.143em);
    margin-block-start: 4px;
  }
  [aria-invalid='true'] {
    border-color: var(--_rtc-danger);
  }
  button {
    align-items: center;
    background: var(--_rtc-raised);
    border-color: transparent;
    color: var(--_rtc-text);
    cursor: pointer;
    display: inline-flex;
    font-weight: 600;
    gap: 8px;
    justify-content: center;
    padding-inline: 18px;
  }
  button:hover {
    filter: brightness(0.93);
  }
  button:is(:disabled, [aria-disabled='true']) {
    cursor: default;
    filter: opacity(0.55);
  }
  .primary {
    background: var(--_rtc-accent);
    color: var(--_rtc-on-accent);
  }
  .good {
    background: var(--_rtc-success);
    color: var(--_rtc-on-success);
  }
  .bad {
    background: var(--_rtc-danger);
    color: var(--_rtc-on-danger);
  }
  :focus-visible {
    outline: 3px solid var(--_rtc-accent);
    outline-offset: 2px;
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    ::before,
    ::after {
      animation: none !important;
      transition: none !important;
    }
  }
`;
