import { css } from 'lit';

/** Styles for the views of a connection: states, descriptions, candidates, charts. */
export const connectionStyles = css`
  .states {
    display: grid;
    gap: calc(var(--_rtc-gap) * 1.5);
    grid-template-columns: repeat(auto-fit, minmax(min(15em, 100%), 1fr));
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
    padding-block: 3px;
  }
  .lines .m {
    font-weight: 700;
  }
  .lines details p {
    color: var(--_rtc-muted);
    font-size: 0.875em;
    padding: 0 16px 8px;
  }
  .charts {
    display: grid;
    gap: var(--_rtc-gap);
    grid-template-columns: repeat(auto-fill, minmax(min(11em, 100%), 1fr));
  }
  .chart {
    background: var(--_rtc-raised);
    border-radius: var(--_rtc-radius);
    display: grid;
    gap: 8px;
    margin: 0;
    overflow: hidden;
    padding: 10px 0 0;
  }
  .chart figcaption {
    display: grid;
    font-size: 0.875em;
    font-variant-numeric: tabular-nums;
    padding-inline: 12px;
  }
  .chart b {
    font-size: 1.2857em;
    font-weight: 650;
    line-height: 1.3;
  }
  .chart svg {
    block-size: 36px;
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
