import { css } from 'lit';

export const styles = css`
  .stage {
    display: grid;
    gap: var(--_rtc-gap);
    padding: calc(var(--_rtc-gap) * 1.5);
  }
  rtc-stream {
    block-size: 11rem;
  }
  .live .status:not(.unseen, :empty) {
    padding: 0 1rem 1rem;
    text-align: center;
  }
`;
