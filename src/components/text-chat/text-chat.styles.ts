import { css } from 'lit';

export const styles = css`
  .whom {
    font-weight: 600;
    justify-content: space-between;
  }
`;
