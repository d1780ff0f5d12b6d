/** Every RTCPeerConnection that the test has made so far, in order. */
export const connections: RTCPeerConnection[] = [];

let forced: RTCConfiguration = {};

/** From here to the end of the test no connection finds a way to its other end. */
export function cutOff(): void {
  forced = { iceTransportPolicy: 'relay' };
}

afterEach(() => {
  connections.length = 0;
  forced = {};
});

globalThis.RTCPeerConnection = new Proxy(RTCPeerConnection, {
  construct(Real, [configuration]: [RTCConfiguration?]) {
    const connection = new Real({ ...configuration, ...forced });
    connections.push(connection);
    return connection;
  },
});
