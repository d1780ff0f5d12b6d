const all = new Map<RTCPeerConnection, RTCDataChannel[]>();
const { createDataChannel } = RTCPeerConnection.prototype;

RTCPeerConnection.prototype.createDataChannel = function (...args) {
  const channel = createDataChannel.apply(this, args);
  all.set(this, [...(all.get(this) ?? []), channel]);
  return channel;
};

afterEach(() => all.clear());

/** The channel with this label that a connection's own side has made. */
export function channelOf(pc: RTCPeerConnection, label: string): RTCDataChannel {
  const channel = all.get(pc)?.find((each) => each.label === label);
  if (!channel) throw new Error(`No channel ${label}`);
  return channel;
}
