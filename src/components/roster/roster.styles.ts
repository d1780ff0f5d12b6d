import { css } from 'lit';

export const styles = css`
  ul {
    display: grid;
    gap: 0.5rem;
    list-style: none;
    margin: 0;
    padding: 0;
  }
  .row {
    flex-wrap: nowrap;
    justify-content: space-between;
  }
  button {
    flex: none;
  }
`;
