// The control: a call as one writes it by hand, over a relay that passes every message on.
import { openDevices, port, ready, reset, showRemote } from './call-page.js';

type Message =
  | { description: RTCSessionDescriptionInit }
  | { candidate: RTCIceCandidateInit | null }
  | { leave: true };

const socket = new WebSocket(`ws://${location.hostname}:${port}`);
let pc: RTCPeerConnection | undefined;

const send = (message: Message) => socket.send(JSON.stringify(message));

function connect(stream: MediaStream): RTCPeerConnection {
  const connection = new RTCPeerConnection();
  connection.onicecandidate = ({ candidate }) => send({ candidate });
  connection.ontrack = ({ streams }) => showRemote(streams[0]!);
  for (const track of stream.getTracks()) connection.addTrack(track, stream);
  return connection;
}

async function call(stream: MediaStream): Promise<void> {
  pc = connect(stream);
  const offer = await pc.createOffer();
  await pc.setLocalDescription(offer);
  send({ description: offer });
}

async function receive(message: Message): Promise<void> {
  if ('leave' in message) return close();
  if ('candidate' in message) return pc?.addIceCandidate(message.candidate ?? undefined);
  const { description } = message;
  if (description.type === 'answer') return pc!.setRemoteDescription(description);
  pc = connect(await openDevices());
  await pc.setRemoteDescription(description);
  const answer = await pc.createAnswer();
  await pc.setLocalDescription(answer);
  send({ description: answer });
}

function close(): void {
  pc?.close();
  pc = undefined;
  reset();
}

// One after the other: a candidate waits until its description is set.
let done = Promise.resolve();
socket.onmessage = ({ data }) => {
  const message = JSON.parse(data as string) as Message;
  done = done.then(() => receive(message));
};
socket.onopen = () => {
  ready({
    call,
    hangUp() {
      send({ leave: true });
      close();
    },
  });
};
