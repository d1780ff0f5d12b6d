import type { ReactiveController, ReactiveControllerHost } from 'lit';

/**
 * Plays a stream, and goes on after whatever stops it: an interruption by the system, a closed
 * picture-in-picture window, a page in the background. Where only the person can make it go on,
 * `held` says what a button is to be offered for.
 */
export class Playback implements ReactiveController {
  /** The sound, until the person has done something in the page; or all, as it was paused again. */
  held: 'sound' | 'all' | undefined;
  readonly #host: ReactiveControllerHost;
  #video: HTMLVideoElement | undefined;
  #silent = false;
  /** Played again, and nothing has come of it yet. */
  #again = false;
  #unfollow = new AbortController();

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    document.addEventListener('visibilitychange', this.#goOn);
  }

  hostDisconnected(): void {
    document.removeEventListener('visibilitychange', this.#goOn);
  }

  /**
   * Plays this in that element from now on.
   * @param silent whether it is without its sound, as a self view is
   */
  show(video: HTMLVideoElement | undefined, stream: MediaStream | null, silent: boolean): void {
    this.#silent = silent;
    if (!video || video.srcObject === stream) return;
    this.#unfollow.abort();
    this.#video = video;
    video.srcObject = stream;
    if (!stream) return;
    this.#unfollow = new AbortController();
    const { signal } = this.#unfollow;
    video.addEventListener('pause', this.#onPause, { signal });
    video.addEventListener('timeupdate', this.#onTime, { signal });
    for (const track of stream.getTracks()) {
      track.addEventListener('unmute', this.#goOn, { signal });
    }
    void this.#play(video);
  }

  /** The person has pressed the button. */
  readonly press = (): void => {
    const video = this.#video;
    if (!video) return;
    this.#hold(undefined);
    this.#again = false;
    video.muted = this.#silent;
    void this.#play(video);
  };

  #onPause = (): void => {
    if (this.#again && !document.hidden) this.#hold('all');
    else this.#goOn();
  };

  #onTime = (): void => {
    this.#again = false;
    if (this.held === 'all') this.#hold(undefined);
  };

  #goOn = (): void => {
    const video = this.#video;
    if (!video?.isConnected || !video.srcObject || !video.paused) return;
    this.#again = true;
    void this.#play(video);
  };

  async #play(video: HTMLVideoElement): Promise<void> {
    try {
      await video.play();
    } catch (error) {
      // Anything else is the end of this stream: a newer one, or the end of the call, has come.
      if ((error as Error).name !== 'NotAllowedError') return;
      if (video.muted) return this.#hold('all');
      this.#hold('sound');
      video.muted = true;
      await this.#play(video);
    }
  }

  #hold(held: Playback['held']): void {
    this.held = held;
    this.#host.requestUpdate();
  }
}
