import { css } from 'lit';

export const styles = css`
  .column > label {
    flex: none;
  }
  .whom {
    font-weight: 600;
    justify-content: space-between;
  }
`;
