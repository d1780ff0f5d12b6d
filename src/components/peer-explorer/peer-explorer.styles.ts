import { css } from 'lit';

export const styles = css`
  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: 0 1.25rem;
  }
  ol {
    counter-reset: step;
    display: grid;
    gap: 0.25rem;
    list-style: none;
    margin: 0;
    padding: 0;
  }
  ol li {
    align-items: center;
    counter-increment: step;
    display: flex;
    gap: 0.625rem;
  }
  ol li::before {
    background: var(--_rtc-raised);
    block-size: 1.75rem;
    border-radius: 50%;
    content: counter(step);
    flex: none;
    font-size: 0.875em;
    font-variant-numeric: tabular-nums;
    font-weight: 600;
    inline-size: 1.75rem;
    line-height: 1.75rem;
    text-align: center;
  }
  ol .done::before {
    background: var(--_rtc-success);
    color: var(--_rtc-on-success);
    content: '✓';
  }
  [aria-current='step']::before {
    background: var(--_rtc-accent);
    color: var(--_rtc-on-accent);
  }
  [aria-current='step'] code {
    font-weight: 700;
  }
  .received {
    background: var(--_rtc-raised);
    border-radius: var(--_rtc-radius);
    display: grid;
    gap: 0.25rem;
    max-block-size: 12rem;
    overflow-y: auto;
    padding: 0.75rem;
  }
  meter {
    block-size: 0.75rem;
    inline-size: 100%;
    max-inline-size: 10rem;
    vertical-align: middle;
  }
  textarea {
    font-family: ui-monospace, 'Cascadia Mono', 'DejaVu Sans Mono', monospace;
    font-size: 0.875em;
    min-block-size: 7rem;
    resize: vertical;
  }
  meter {
    margin-inline-end: 0.5rem;
  }
  @media (forced-colors: active) {
    .received {
      border: 1px solid;
    }
    [aria-current='step']::before {
      background: Highlight;
      color: HighlightText;
      forced-color-adjust: none;
    }
  }
  figure {
    display: grid;
    gap: 0.375rem;
    margin: 0;
  }
`;
