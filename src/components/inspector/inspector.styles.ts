import { css } from 'lit';

export const styles = css`
  .report {
    align-items: center;
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem 1rem;
  }
`;
