import { css } from 'lit';

export const styles = css`
  :host {
    --_rtc-text: #f4f5f8;
    align-items: center;
    border-radius: var(--_rtc-radius);
    container-type: size;
    display: grid;
    justify-items: center;
    min-block-size: 5rem;
    position: relative;
  }
  .back {
    background: var(--_rtc-stage);
    border-radius: inherit;
    inset: 0;
    position: absolute;
    z-index: -1;
  }
  video {
    block-size: 100%;
    border-radius: inherit;
    inline-size: 100%;
    inset: 0;
    object-fit: cover;
    position: absolute;
  }
  :host([party='local']) video {
    scale: -1 1;
  }
  .avatar {
    align-items: center;
    aspect-ratio: 1;
    background: #3b4257;
    block-size: clamp(2.5rem, 40cqmin, 8rem);
    border-radius: 50%;
    display: flex;
    font-size: clamp(1.25rem, 18cqmin, 3.5rem);
    font-weight: 600;
    justify-content: center;
  }
  .caption {
    align-items: center;
    background: rgb(15 17 22 / 0.72);
    border-radius: 1rem;
    display: flex;
    font-size: 0.8125em;
    gap: 0.375rem;
    inset-block-start: 0.5rem;
    inset-inline-start: 0.5rem;
    max-inline-size: calc(100% - 1rem);
    padding: 0.125rem 0.625rem;
    position: absolute;
  }
  .badge {
    display: inline-flex;
  }
  .badge .icon {
    block-size: 1em;
    inline-size: 1em;
  }
  .blocked {
    background: rgb(15 17 22 / 0.72);
    border-radius: inherit;
    color: #f4f5f8;
    display: grid;
    gap: 0.5rem;
    inset: 0;
    padding: 0.5rem;
    place-content: center;
    place-items: center;
    position: absolute;
    text-align: center;
  }
`;
