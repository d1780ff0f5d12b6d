import { css } from 'lit';

export const styles = css`
  .views {
    display: grid;
    gap: var(--_rtc-gap);
    grid-template-columns: repeat(auto-fit, minmax(min(13em, 100%), 1fr));
  }
  figure {
    display: grid;
    gap: 6px;
    margin: 0;
  }
  figcaption {
    color: var(--_rtc-muted);
    font-size: 0.875em;
  }
  .mirror {
    transform: scaleX(-1);
  }
  label textarea {
    font-family: ui-monospace, 'Cascadia Mono', 'DejaVu Sans Mono', monospace;
    font-size: 1em;
    min-block-size: 8em;
    resize: vertical;
  }
  details pre {
    margin-block-end: 8px;
  }
  td > details > summary {
    padding-block: 0;
  }
  tbody th {
    inline-size: 9.75em;
  }
  @container (min-width: 30em) {
    tbody th {
      inline-size: 13em;
    }
  }
`;
