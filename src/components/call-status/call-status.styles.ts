import { css } from 'lit';

export const styles = css`
  :host {
    display: grid;
    gap: var(--_rtc-gap);
  }
  .status:not(.unseen) {
    padding: var(--_rtc-status-padding, 0);
  }
`;
