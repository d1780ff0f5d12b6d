import { WebSocket } from 'ws';

/** As in a browser, where a connection that fails closes, and throws nothing. */
class PageSocket extends WebSocket {
  constructor(url: string) {
    super(url);
    this.on('error', () => {});
  }
}

/** Puts in place what signaling needs of a page, where there is none. */
export function pretendPage(): void {
  Object.assign(globalThis, { WebSocket: PageSocket, location: { href: 'http://localhost/' } });
}
