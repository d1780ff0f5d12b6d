import { css } from 'lit';

export const styles = css`
  :host {
    align-items: center;
    display: flex;
    font-variant-numeric: tabular-nums;
    gap: var(--_rtc-gap);
    justify-content: center;
  }
  .level {
    background: var(--_rtc-line);
    block-size: 8px;
    border-radius: 4px;
    flex: 0 1 9em;
    overflow: hidden;
  }
  .level::before {
    background: var(--_rtc-success);
    block-size: 100%;
    border-radius: inherit;
    content: '';
    display: block;
    forced-color-adjust: none;
    inline-size: calc(var(--_rtc-level, 0) * 100%);
  }
`;
