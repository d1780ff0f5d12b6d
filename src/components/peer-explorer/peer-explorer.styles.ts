import { css } from 'lit';

export const styles = css`
  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: 0 20px;
  }
  ol {
    counter-reset: step;
    display: grid;
    gap: 4px;
    list-style: none;
    margin: 0;
    padding: 0;
  }
  ol li {
    align-items: center;
    counter-increment: step;
    display: flex;
    gap: 10px;
  }
  ol li::before {
    background: var(--_rtc-raised);
    block-size: 2em;
    border-radius: 50%;
    content: counter(step);
    flex: none;
    font-size: 0.875em;
    font-variant-numeric: tabular-nums;
    font-weight: 600;
    inline-size: 2em;
    line-height: 2;
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
    gap: 4px;
    max-block-size: 12em;
    overflow-y: auto;
    padding: 12px;
  }
  meter {
    block-size: 12px;
    inline-size: 100%;
    max-inline-size: 10em;
    vertical-align: middle;
  }
  label textarea {
    font-family: ui-monospace, 'Cascadia Mono', 'DejaVu Sans Mono', monospace;
    font-size: 1em;
    min-block-size: 8em;
    resize: vertical;
  }
  meter {
    margin-inline-end: 8px;
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
    gap: 6px;
    margin: 0;
  }
`;
