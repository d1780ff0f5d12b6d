import manifest from 'peerjs/package.json' with { type: 'json' };

export const peerjsName = `PeerJS ${manifest.version}`;
