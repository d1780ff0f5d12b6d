import { css } from 'lit';

export const styles = css`
  .peer {
    align-self: center;
    flex: 1 1 auto;
    font-weight: 600;
  }
  .error {
    flex-basis: 100%;
    font-size: 0.875em;
  }
`;
