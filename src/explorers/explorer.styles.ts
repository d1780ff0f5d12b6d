import { css } from 'lit';

/** Styles for data: tables, code, boxes that scroll. */
export const explorerStyles = css`
  h2,
  h3,
  caption {
    line-height: 1.3;
    text-align: start;
    text-wrap: balance;
  }
  h3,
  caption {
    font-size: 1em;
    font-weight: 650;
    margin: 0;
  }
  .body {
    gap: calc(var(--_rtc-gap) * 1.75);
  }
  section {
    display: grid;
    gap: var(--_rtc-gap);
    /* A grid's column is at least as wide as its content otherwise. */
    min-inline-size: 0;
  }
  .hint {
    color: var(--_rtc-muted);
    font-size: 0.9375em;
    max-inline-size: 45em;
  }
  button {
    overflow-wrap: anywhere;
    padding-inline: 14px;
  }
  button code {
    font-size: 0.9em;
  }
  .small {
    font-size: 0.875em;
    min-block-size: 44px;
  }
  .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  code,
  pre,
  .code {
    direction: ltr;
    font-family: ui-monospace, 'Cascadia Mono', 'DejaVu Sans Mono', monospace;
    font-size: 0.875em;
    unicode-bidi: isolate;
  }
  pre {
    background: var(--_rtc-raised);
    border-radius: var(--_rtc-radius);
    margin: 0;
    max-block-size: 18em;
    overflow-y: auto;
    padding: 12px;
    text-align: left;
    white-space: pre-wrap;
  }
  table {
    border-collapse: collapse;
    /* In quirks mode, a popup's for example, a table has the page's otherwise. */
    color: inherit;
    font-size: 0.875em;
    font-variant-numeric: tabular-nums;
    inline-size: 100%;
    line-height: inherit;
  }
  caption {
    font-size: 1.143em;
    padding-block-end: 8px;
  }
  th,
  td {
    border-block-start: 1px solid var(--_rtc-line);
    padding: 7px 12px 7px 0;
    text-align: start;
    vertical-align: top;
  }
  :is(th, td):last-child {
    padding-inline-end: 0;
  }
  thead th {
    border: 0;
    color: var(--_rtc-muted);
    font-weight: 500;
    padding-block: 0 4px;
  }
  tbody th {
    font-weight: 500;
  }
  td.number,
  th.number {
    text-align: end;
  }
  .time {
    inline-size: 6.25em;
    white-space: nowrap;
  }
  .end {
    inline-size: 1.75em;
  }
  .kind-step {
    font-weight: 700;
  }
  .kind-event {
    color: var(--_rtc-accent);
  }
  .scroll {
    border: 1px solid var(--_rtc-line);
    border-radius: var(--_rtc-radius);
    max-block-size: 18em;
    overflow-y: auto;
    padding: 0 12px;
  }
  .scroll tr:first-child > * {
    border-block-start: 0;
  }
  details > summary {
    cursor: pointer;
    padding-block: 10px;
  }
  details.group {
    border: 1px solid var(--_rtc-line);
    border-radius: var(--_rtc-radius);
    padding-inline: 14px;
  }
  details.group > summary {
    font-weight: 600;
  }
  details.group[open] {
    padding-block-end: 14px;
  }
  .tag {
    background: var(--_rtc-raised);
    border-radius: 8px;
    display: inline-block;
    font-size: 0.9286em;
    padding: 0 0.5em;
  }
  .check {
    align-items: center;
    color: var(--_rtc-text);
    display: flex;
    flex: none;
    font-size: 0.9375em;
    gap: 8px;
    max-inline-size: 100%;
    min-block-size: 44px;
  }
  .check input {
    accent-color: var(--_rtc-accent);
    block-size: 20px;
    flex: none;
    inline-size: 20px;
    margin: 0;
    min-block-size: 0;
    padding: 0;
  }
  fieldset {
    border: 1px solid var(--_rtc-line);
    border-radius: var(--_rtc-radius);
    display: grid;
    gap: var(--_rtc-gap);
    margin: 0;
    min-inline-size: 0;
    padding: 12px;
  }
  legend {
    font-weight: 600;
    padding-inline: 4px;
  }
  .outcome {
    background: var(--_rtc-raised);
    border-inline-start: 4px solid var(--_rtc-accent);
    border-radius: 8px;
    padding: 10px 14px;
  }
  .outcome:empty {
    display: none;
  }
  .outcome:is(.bad, .good) {
    background: var(--_rtc-raised);
    color: inherit;
  }
  .outcome.bad {
    border-color: var(--_rtc-danger);
  }
  .outcome.good {
    border-color: var(--_rtc-success);
  }
  .columns {
    align-items: start;
    display: grid;
    gap: calc(var(--_rtc-gap) * 1.75) calc(var(--_rtc-gap) * 2);
  }
  @container (min-width: 46em) {
    .columns {
      grid-template-columns: repeat(2, minmax(0, 1fr));
    }
  }
  video {
    aspect-ratio: 4 / 3;
    background: #0c0d10;
    border-radius: var(--_rtc-radius);
    display: block;
    inline-size: 100%;
    object-fit: contain;
  }
  .state {
    background: var(--_rtc-raised);
    border-radius: 8px;
    padding: 1px 0.5em;
  }
  .yes,
  .state.up {
    background: var(--_rtc-success);
    color: var(--_rtc-on-success);
  }
  .no,
  .state.down {
    background: var(--_rtc-danger);
    color: var(--_rtc-on-danger);
  }
  @media (forced-colors: active) {
    .state,
    .tag,
    .outcome {
      border: 1px solid;
    }
  }
`;
