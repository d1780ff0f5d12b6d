import { css } from 'lit';

export const styles = css`
  .row {
    gap: 0.5rem;
    justify-content: center;
  }
  .round {
    border-radius: 50%;
    inline-size: 2.75rem;
    padding: 0;
  }
  .round[aria-pressed='false'] {
    background: var(--_rtc-text);
    color: var(--_rtc-surface);
  }
  .bad {
    border-radius: 1.375rem;
  }
  .bad .icon {
    rotate: 135deg;
  }
`;
