import { css } from 'lit';

export const styles = css`
  .person {
    flex: 1 1 auto;
  }
  .dot {
    background: var(--_rtc-success);
    block-size: 10px;
    border-radius: 50%;
    display: inline-block;
    inline-size: 10px;
    margin-inline-end: 4px;
  }
  .away .dot {
    background: var(--_rtc-field);
  }
  .error,
  .muted {
    flex-basis: 100%;
    font-size: 0.875em;
  }
`;
