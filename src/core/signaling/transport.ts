import { RtcError, type ErrorCode } from '../errors.js';
import type { SignalingSocket } from './signaling-socket.js';

/**
 * Connects to a server.
 * @param server a `ws:` or `wss:` URL, a path on the page's own origin, or `local:NAME`, where
 * the hub runs between the tabs of this origin
 * @throws {RtcError} `bad-server` when it is none of these
 */
export async function connect(server: string): Promise<SignalingSocket> {
  if (isLocal(server)) {
    const { LocalTransport } = await import('./local-transport.js');
    return new LocalTransport(server.slice(6));
  }
  try {
    // As text: pages that wrap WebSocket expect it.
    const socket = new WebSocket(addressOf(server).href);
    // If the page's policy forbids a socket (CSP connect-src), it never fires close.
    socket.onerror = (event) => socket.onclose?.(event as CloseEvent);
    return socket;
  } catch (cause) {
    throw new RtcError('bad-server', String(cause), { cause });
  }
}

/** The reason why a server could not be reached, as far as it can be found out. */
export async function reasonUnreachable(server: string): Promise<ErrorCode> {
  if (isLocal(server)) return 'unreachable';
  // The server that is away may be that of this module.
  const loaded = await import('./why-unreachable.js').catch(() => undefined);
  return (await loaded?.whyUnreachable(addressOf(server))) ?? 'unreachable';
}

const isLocal = (server: string) => server.startsWith('local:');

/**
 * The address of a server's WebSocket.
 * @throws {TypeError} when it is no URL
 */
function addressOf(server: string): URL {
  // The page in a frame's `srcdoc` has no address of its own: its paths are those of the page around.
  const here = location.protocol === 'about:' ? document.baseURI : location.href;
  const url = new URL(server, here);
  url.protocol = url.protocol.replace('http', 'ws');
  return url;
}
