// The control: a call written by hand, over a relay that passes every message on. When the
// connection has failed, the caller restarts ICE.
import { name, openDevices, port, ready, reset, showRemote } from './call-page.js';

type Message =
  | { description: RTCSessionDescriptionInit }
  | { candidate: RTCIceCandidateInit | null }
  | { leave: true };

let socket: WebSocket | undefined;
let pc: RTCPeerConnection | undefined;
/** Messages that could not be sent while the relay was away. */
const unsent: Message[] = [];

function send(message: Message): void {
  if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
  else unsent.push(message);
}

function connect(stream: MediaStream): RTCPeerConnection {
  const connection = new RTCPeerConnection();
  connection.onicecandidate = ({ candidate }) => send({ candidate });
  connection.ontrack = ({ streams }) => showRemote(streams[0]!);
  connection.onconnectionstatechange = () => {
    if (connection.connectionState !== 'failed' || name !== 'caller') return;
    join();
    void offer({ iceRestart: true });
  };
  for (const track of stream.getTracks()) connection.addTrack(track, stream);
  return connection;
}

async function call(stream: MediaStream): Promise<void> {
  pc = connect(stream);
  await offer();
}

async function offer(options?: RTCOfferOptions): Promise<void> {
  const description = await pc!.createOffer(options);
  await pc!.setLocalDescription(description);
  send({ description });
}

async function receive(message: Message): Promise<void> {
  if ('leave' in message) return close();
  if ('candidate' in message) return pc?.addIceCandidate(message.candidate ?? undefined);
  const { description } = message;
  if (description.type === 'answer') return pc!.setRemoteDescription(description);
  pc ??= connect(await openDevices());
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

// Messages are handled in turn: a candidate waits until its description is set.
let done = Promise.resolve();

function join(): void {
  // The previous connection may be of a network that is gone.
  if (socket) socket.onclose = null;
  socket = new WebSocket(`ws://${location.hostname}:${port}`);
  socket.onmessage = ({ data }) => {
    const message = JSON.parse(data as string) as Message;
    done = done.then(() => receive(message));
  };
  socket.onopen = () => {
    for (const message of unsent.splice(0)) send(message);
    ready({
      call,
      hangUp() {
        send({ leave: true });
        close();
      },
    });
  };
  socket.onclose = () => setTimeout(join, 500);
}

join();
