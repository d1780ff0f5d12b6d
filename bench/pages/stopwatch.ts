// Put into every page that is measured, before its own scripts.
const stopwatch = {
  /** Milliseconds of the last start. */
  time: new Promise<number>(() => {}),

  /** Measures from the next click anywhere to the first frame in a video. */
  start(video: string): void {
    stopwatch.time = new Promise((resolve) => {
      const onClick = async ({ timeStamp }: MouseEvent) => {
        await stopwatch.frame(video);
        resolve(performance.now() - timeStamp);
      };
      addEventListener('click', onClick, { capture: true, once: true });
    });
  },

  /** Waits until a frame is decoded and shown in a video that may not be there yet. */
  async frame(path: string): Promise<void> {
    let video = find(path);
    while (!video) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      video = find(path);
    }
    await new Promise((resolve) => video.requestVideoFrameCallback(resolve));
  },
};

/** `>>>` between selectors goes into a shadow root, as in puppeteer. */
function find(path: string): HTMLVideoElement | null {
  let root: ParentNode | null = document;
  let found: Element | null = null;
  for (const selector of path.split(' >>> ')) {
    found = root?.querySelector(selector) ?? null;
    root = found?.shadowRoot ?? null;
  }
  return found as HTMLVideoElement | null;
}

declare global {
  interface Window {
    stopwatch: typeof stopwatch;
  }
}

window.stopwatch = stopwatch;
