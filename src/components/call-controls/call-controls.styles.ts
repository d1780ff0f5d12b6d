import { css } from 'lit';

export const styles = css`
  .row {
    gap: 8px;
    justify-content: center;
  }
  .round {
    border-radius: 50%;
    inline-size: 44px;
    padding: 0;
  }
  .round[aria-pressed='false'] {
    background: var(--_rtc-text);
    color: var(--_rtc-surface);
  }
  .bad {
    border-radius: 22px;
  }
  .bad .icon {
    rotate: 135deg;
  }
`;
