import { css } from 'lit';

/** Styles for the views of a connection: states, descriptions, candidates, charts. */
export const connectionStyles = css`
  .states {
    display: grid;
    gap: calc(var(--_rtc-gap) * 1.5);
    grid-template-columns: repeat(auto-fit, minmax(min(15rem, 100%), 1fr));
  }
  .lines {
    list-style: none;
    margin: 0;
    padding: 0;
  }
  .lines li + li {
    border-block-start: 1px solid var(--_rtc-line);
  }
  .lines summary {
    padding-block: 0.1875rem;
  }
  .lines .m {
    font-weight: 700;
  }
  .lines details p {
    color: var(--_rtc-muted);
    font-size: 0.875em;
    padding: 0 1rem 0.5rem;
  }
  .charts {
    display: grid;
    gap: var(--_rtc-gap);
    grid-template-columns: repeat(auto-fill, minmax(min(11rem, 100%), 1fr));
  }
  .chart {
    background: var(--_rtc-raised);
    border-radius: var(--_rtc-radius);
    display: grid;
    gap: 0.5rem;
    margin: 0;
    overflow: hidden;
    padding: 0.625rem 0 0;
  }
  .chart figcaption {
    display: grid;
    font-size: 0.875em;
    font-variant-numeric: tabular-nums;
    padding-inline: 0.75rem;
  }
  .chart b {
    font-size: 1.2857em;
    font-weight: 650;
    line-height: 1.3;
  }
  .chart svg {
    block-size: 2.25rem;
    color: var(--_rtc-accent);
    display: block;
    inline-size: 100%;
  }
  .chart path {
    fill: none;
    stroke: currentColor;
    stroke-linecap: round;
    stroke-linejoin: round;
    stroke-width: 2;
  }
  @media (forced-colors: active) {
    .chart {
      border: 1px solid;
    }
  }
`;
