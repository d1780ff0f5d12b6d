import { css } from 'lit';

export const styles = css`
  /* Silent, it takes no place; its live region stays. */
  :host {
    position: absolute;
  }
  :host([ringing]) {
    --_rtc-ink: var(--_rtc-text);
    background: var(--_rtc-raised);
    border-radius: var(--_rtc-radius);
    display: grid;
    gap: var(--_rtc-gap);
    padding: calc(var(--_rtc-gap) * 1.25) !important;
    position: static;
  }
  .who {
    font-size: 1.0625em;
    font-weight: 600;
  }
  button {
    flex: 1 1 7em;
  }
  .good {
    animation: pulse 1.6s infinite;
  }
  @keyframes pulse {
    from {
      box-shadow: 0 0 0 0 var(--_rtc-success);
    }
    70%,
    to {
      box-shadow: 0 0 0 12px transparent;
    }
  }
`;
