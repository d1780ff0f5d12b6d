import { css } from 'lit';

export const callWidgetStyles = css`
  /* Its lines stand between the other parts of the widget. */
  rtc-call-status {
    display: contents;
  }
`;
