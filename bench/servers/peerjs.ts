// PeerJS' own server as a program of its own.
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PeerServer } from 'peer';
import { answerFor } from '../lib/under-test.js';

const server = await new Promise<Server>((resolve) => {
  const settings = { host: '127.0.0.1', port: 0, concurrent_limit: 10_000 };
  PeerServer(settings, (listening) => resolve(listening as Server));
});
if (!server.listening) await once(server, 'listening');
answerFor((server.address() as AddressInfo).port);
