import { css } from 'lit';

export const styles = css`
  .body {
    display: flex;
    flex: auto;
    flex-direction: column;
    min-block-size: 0;
  }
  .body > label {
    flex: none;
  }
  rtc-conversation {
    flex: auto;
    min-block-size: 0;
  }
  .whom {
    font-weight: 600;
    justify-content: space-between;
  }
`;
