import { css } from 'lit';

export const styles = css`
  .stage {
    aspect-ratio: 4 / 5;
    background: var(--_rtc-stage);
    border-radius: calc(var(--_rtc-radius) * 1.5 - 1px);
    inline-size: 100%;
    max-block-size: 80vh;
    position: relative;
  }
  .remote {
    border-radius: inherit;
    inset: 0;
    position: absolute;
  }
  .remote::part(caption) {
    max-inline-size: calc(72% - 2.25rem);
  }
  .local {
    aspect-ratio: 4 / 3;
    border: 2px solid rgb(255 255 255 / 0.7);
    inline-size: var(--rtc-self-view-width, clamp(5.5rem, 28%, 13rem));
    inset-block-start: 0.75rem;
    inset-inline-end: 0.75rem;
    position: absolute;
  }
  .local::part(caption) {
    inset-block: auto 0.25rem;
    inset-inline-start: 0.25rem;
  }
  rtc-call-controls {
    inset-block-end: 0.75rem;
    inset-inline: 0.5rem;
    position: absolute;
  }
  .live rtc-call-status {
    --_rtc-status-padding: 0.625rem 1rem;
  }
  .live rtc-incoming-call[ringing] {
    border-radius: calc(var(--_rtc-radius) * 1.5 - 1px);
  }
  @container (min-inline-size: 30rem) {
    .stage {
      aspect-ratio: 16 / 10;
    }
  }
`;
