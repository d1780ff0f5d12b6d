import { css } from 'lit';

export const styles = css`
  .report {
    align-items: center;
    display: flex;
    flex-wrap: wrap;
    gap: 8px 16px;
  }
`;
