import { css } from 'lit';

export const styles = css`
  :host {
    --_rtc-ink: #f4f5f8;
    align-items: center;
    border-radius: var(--_rtc-radius);
    container-type: size;
    display: grid;
    justify-items: center;
    min-block-size: 80px;
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
    block-size: clamp(40px, 40cqmin, 128px);
    border-radius: 50%;
    display: flex;
    font-size: clamp(20px, 18cqmin, 56px);
    font-weight: 600;
    justify-content: center;
  }
  .caption {
    align-items: center;
    background: rgb(15 17 22 / 0.72);
    border-radius: 16px;
    display: flex;
    font-size: 0.8125em;
    gap: 6px;
    inset-block-start: 8px;
    inset-inline-start: 8px;
    max-inline-size: calc(100% - 16px);
    padding: 2px 10px;
    position: absolute;
    white-space: nowrap;
  }
  .caption bdi {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .badge {
    display: inline-flex;
    flex: none;
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
    gap: 8px;
    inset: 0;
    padding: 8px;
    place-content: center;
    place-items: center;
    position: absolute;
    text-align: center;
  }
`;
