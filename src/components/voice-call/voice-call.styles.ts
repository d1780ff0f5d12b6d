import { css } from 'lit';

export const styles = css`
  .stage {
    gap: var(--_rtc-gap);
    padding: calc(var(--_rtc-gap) * 1.5);
  }
  rtc-stream {
    --_rtc-stage: none;
    --_rtc-ink: inherit;
    align-content: center;
    flex: 1 1 11em;
    gap: 8px;
  }
  rtc-stream::part(avatar) {
    background: var(--_rtc-accent);
    color: var(--_rtc-on-accent);
  }
  rtc-stream::part(caption) {
    background: none;
    font-size: 1.125em;
    font-weight: 600;
    position: static;
    white-space: normal;
  }
  .live rtc-call-status {
    --_rtc-status-padding: 0 16px 16px;
  }
  .live rtc-call-status::part(status),
  .live rtc-call-status::part(error) {
    text-align: center;
  }
`;
