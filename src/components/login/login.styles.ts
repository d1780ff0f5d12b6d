import { css } from 'lit';

export const styles = css`
  .person {
    flex: 1 1 auto;
  }
  .dot {
    background: var(--_rtc-success);
    block-size: 0.625rem;
    border-radius: 50%;
    display: inline-block;
    inline-size: 0.625rem;
    margin-inline-end: 0.25rem;
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
