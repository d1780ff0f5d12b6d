import { css } from 'lit';

export const styles = css`
  .verdict {
    display: grid;
    gap: 4px;
  }
  .verdict p:first-child {
    font-weight: 650;
  }
  th {
    inline-size: 45%;
  }
  td .muted {
    display: block;
    margin-block-start: 2px;
  }
`;
