// The control: a relay over `ws` that parses, looks up, stringifies and sends, and checks nothing.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import { answerFor } from '../lib/under-test.js';

const sockets = new Map<string, WebSocket>();
const server = createServer();

new WebSocketServer({ server, perMessageDeflate: false }).on('connection', (socket) => {
  let name = '';
  socket.on('error', () => {});
  socket.on('close', () => sockets.delete(name));
  socket.on('message', (data: Buffer) => {
    const message = JSON.parse(data.toString()) as { type: string; name: string };
    if (message.type === 'login') {
      name = message.name;
      sockets.set(name, socket);
      socket.send(JSON.stringify({ type: 'login', success: true, name }));
    } else {
      sockets.get(message.name)?.send(JSON.stringify({ ...message, name }));
    }
  });
});

server.listen(0, '127.0.0.1');
await once(server, 'listening');
answerFor((server.address() as AddressInfo).port);
