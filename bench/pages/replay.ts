// Two ways to be back on a server: the kit client with what was kept for it, and a bare WebSocket.
import { Session } from '../../src/core/index.js';
import type { ServerMessage } from '../../src/protocol/messages.js';

const url = new URLSearchParams(location.search).get('server')!;
const session = new Session(url);

const next = (target: EventTarget, type: string, is: (event: Event) => boolean = () => true) =>
  new Promise<void>((resolve) => {
    const look = (event: Event) => {
      if (!is(event)) return;
      target.removeEventListener(type, look);
      resolve();
    };
    target.addEventListener(type, look);
  });

const isRing = (event: Event) => (event as MessageEvent<ServerMessage>).data.type === 'call';

const replay = {
  login: () => session.login('alice'),

  /** Settles once the client knows that its connection is lost. */
  async lost(): Promise<void> {
    const isLost = () => session.signaling.state.status === 'reconnecting';
    if (!isLost()) await next(session, 'change', isLost);
  },

  /** Milliseconds from the return of the network to the message that was kept meanwhile. */
  async kit(): Promise<number> {
    const start = performance.now();
    dispatchEvent(new Event('online'));
    await next(session.signaling, 'message', isRing);
    return performance.now() - start;
  },

  /** Milliseconds until a WebSocket is open. */
  async bare(): Promise<number> {
    const start = performance.now();
    const socket = new WebSocket(url);
    await next(socket, 'open');
    const time = performance.now() - start;
    socket.close();
    return time;
  },
};

declare global {
  interface Window {
    replay: typeof replay;
  }
}

window.replay = replay;
