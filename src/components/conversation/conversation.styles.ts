import { css } from 'lit';

export const styles = css`
  :host {
    display: grid;
    gap: var(--_rtc-gap);
  }
  [role='log'] {
    background: var(--_rtc-raised);
    block-size: clamp(9rem, 40vh, 20rem);
    border-radius: var(--_rtc-radius);
    display: flex;
    flex-direction: column;
    gap: 0.5rem;
    overflow-y: auto;
    padding: 0.75rem;
  }
  .message {
    align-items: start;
    display: grid;
    gap: 0.25rem;
    justify-items: start;
    max-inline-size: 85%;
  }
  .mine {
    align-self: end;
    justify-items: end;
  }
  .text {
    background: var(--_rtc-surface);
    border: 1px solid var(--_rtc-line);
    border-radius: var(--_rtc-radius);
    padding: 0.375rem 0.75rem;
    white-space: pre-wrap;
  }
  .mine .text {
    background: var(--_rtc-accent);
    border-color: transparent;
    color: var(--_rtc-on-accent);
  }
  .from {
    font-weight: 600;
  }
  .failed {
    align-items: center;
    display: flex;
    flex-wrap: wrap;
    font-size: 0.875em;
    gap: 0.5rem;
  }
  textarea {
    field-sizing: content;
    max-block-size: 9rem;
    resize: none;
  }
`;
