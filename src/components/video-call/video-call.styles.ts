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
    max-inline-size: calc(72% - 36px);
  }
  .local {
    aspect-ratio: 4 / 3;
    border: 2px solid rgb(255 255 255 / 0.7);
    inline-size: var(--rtc-self-view-width, clamp(88px, 28%, 208px));
    inset-block-start: 12px;
    inset-inline-end: 12px;
    position: absolute;
  }
  .local::part(caption) {
    gap: 4px;
    inset-block: auto 4px;
    inset-inline-start: 4px;
    max-inline-size: calc(100% - 8px);
    padding-inline: 6px;
  }
  .local::part(avatar) {
    translate: 0 -12px;
  }
  rtc-call-controls {
    inset-block-end: 12px;
    inset-inline: 8px;
    position: absolute;
  }
  .live rtc-call-status {
    --_rtc-status-padding: 10px 16px;
  }
  .live rtc-incoming-call[ringing] {
    border-radius: calc(var(--_rtc-radius) * 1.5 - 1px);
  }
  @container (min-inline-size: 30em) {
    .stage {
      aspect-ratio: 16 / 10;
    }
  }
`;
