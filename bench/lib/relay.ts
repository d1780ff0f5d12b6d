import type { Server } from 'node:http';
import { WebSocketServer } from 'ws';

/** Passes every message of one WebSocket of a server on to the others. */
export function passOn(server: Server): void {
  const relay = new WebSocketServer({ server });
  relay.on('connection', (socket) => {
    socket.on('error', () => {});
    socket.on('message', (message, isBinary) => {
      for (const client of relay.clients) {
        if (client !== socket) client.send(message, { binary: isBinary });
      }
    });
  });
}
