import { css } from 'lit';

export const styles = css`
  :host {
    display: flex;
    flex-direction: column;
    gap: var(--_rtc-gap);
  }
  [role='log'] {
    background: var(--_rtc-raised);
    border-radius: var(--_rtc-radius);
    color: var(--_rtc-text);
    display: flex;
    flex: 1 1 clamp(9em, 40vh, 20em);
    flex-direction: column;
    gap: 8px;
    min-block-size: 3em;
    overflow-y: auto;
    padding: 12px;
  }
  .message {
    align-items: start;
    display: grid;
    gap: 4px;
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
    padding: 6px 12px;
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
    gap: 8px;
  }
  textarea {
    field-sizing: content;
    max-block-size: 9em;
    resize: none;
  }
`;
