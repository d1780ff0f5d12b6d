// The same call over PeerJS, as its documentation writes it.
import { Peer, type MediaConnection } from 'peerjs';
import { name, openDevices, port, ready, reset, showRemote } from './call-page.js';

// No STUN server, like the others: both ends are on this machine.
const peer = new Peer(name, { host: location.hostname, port, config: { iceServers: [] } });
let current: MediaConnection | undefined;

function follow(connection: MediaConnection): void {
  current = connection;
  connection.on('stream', showRemote);
  connection.on('close', reset);
}

peer.on('call', async (connection) => {
  follow(connection);
  connection.answer(await openDevices());
});

peer.on('open', () => {
  ready({
    call: (stream) => follow(peer.call('callee', stream)),
    hangUp: () => current?.close(),
  });
});
