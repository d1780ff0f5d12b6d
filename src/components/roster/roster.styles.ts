import { css } from 'lit';

export const styles = css`
  ul {
    display: grid;
    gap: 8px;
    list-style: none;
    margin: 0;
    padding: 0;
  }
  label:not([hidden]),
  ul:not([hidden]) {
    margin-block-end: var(--_rtc-gap);
  }
  .row {
    flex-wrap: nowrap;
    justify-content: space-between;
  }
  button {
    flex: none;
  }
`;
