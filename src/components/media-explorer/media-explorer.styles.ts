import { css } from 'lit';

export const styles = css`
  .views {
    display: grid;
    gap: var(--_rtc-gap);
    grid-template-columns: repeat(auto-fit, minmax(min(13rem, 100%), 1fr));
  }
  figure {
    display: grid;
    gap: 0.375rem;
    margin: 0;
  }
  figcaption {
    color: var(--_rtc-muted);
    font-size: 0.875em;
  }
  .mirror {
    transform: scaleX(-1);
  }
  textarea {
    font-family: ui-monospace, 'Cascadia Mono', 'DejaVu Sans Mono', monospace;
    font-size: 0.875em;
    min-block-size: 7rem;
    resize: vertical;
  }
  details pre {
    margin-block-end: 0.5rem;
  }
  td > details > summary {
    padding-block: 0;
  }
  tbody th {
    inline-size: 8.5rem;
  }
  @container (min-width: 30rem) {
    tbody th {
      inline-size: 11.5rem;
    }
  }
`;
