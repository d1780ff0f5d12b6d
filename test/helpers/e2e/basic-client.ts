/**
 * A basic client: a page of its own that knows login, offer, answer, candidate and leave, and nothing
 * of the kit. Unlike the tutorial's, it makes a connection per call, and keeps candidates that come
 * before the description.
 */
const socket = new WebSocket(`ws://${location.host}`);
const query = new URLSearchParams(location.search);
const name = query.get('name')!;
const isText = query.has('text');
const theirs = document.querySelector('video')!;
const state = document.querySelector('p')!;
let stream: MediaStream | undefined;
let connected = '';
let pc: RTCPeerConnection | undefined;
let early: RTCIceCandidateInit[] = [];
let channel: RTCDataChannel | undefined;

interface Message {
  type: string;
  success?: boolean;
  name?: string;
  offer?: RTCSessionDescriptionInit;
  answer?: RTCSessionDescriptionInit;
  candidate?: RTCIceCandidateInit;
}

const send = (message: object) => socket.send(JSON.stringify({ ...message, name: connected }));

socket.onopen = () => socket.send(JSON.stringify({ type: 'login', name }));

socket.onmessage = async ({ data }) => {
  const message = JSON.parse(data as string) as Message;
  switch (message.type) {
    case 'login':
      state.textContent = message.success ? 'Logged in' : 'Refused';
      break;
    case 'offer': {
      connected = message.name!;
      const connection = await open();
      await setRemote(connection, message.offer!);
      const answer = await connection.createAnswer();
      await connection.setLocalDescription(answer);
      send({ type: 'answer', answer });
      break;
    }
    case 'answer':
      await setRemote(pc!, message.answer!);
      break;
    case 'candidate':
      if (pc?.remoteDescription) await pc.addIceCandidate(message.candidate);
      else early.push(message.candidate!);
      break;
    case 'leave':
      close();
      break;
    default:
      state.textContent = `Not for a basic client: ${message.type}`;
  }
};

document.querySelector('form')!.onsubmit = async (event) => {
  event.preventDefault();
  connected = document.querySelector('input')!.value;
  const connection = await open();
  const offer = await connection.createOffer();
  await connection.setLocalDescription(offer);
  send({ type: 'offer', offer });
};

document.querySelector<HTMLElement>('#leave')!.onclick = () => {
  send({ type: 'leave' });
  close();
};

document.querySelector<HTMLElement>('#send')!.onclick = () => channel!.send(`from ${name}`);

async function open(): Promise<RTCPeerConnection> {
  stream = isText
    ? new MediaStream()
    : await navigator.mediaDevices.getUserMedia({ video: true, audio: true });
  const connection = (pc = new RTCPeerConnection());
  early = [];
  for (const track of stream.getTracks()) connection.addTrack(track, stream);
  if (isText) listenTo((channel = connection.createDataChannel('channel1')));
  connection.ondatachannel = ({ channel: other }) => listenTo(other);
  connection.ontrack = ({ streams }) => {
    theirs.srcObject = streams[0]!;
    theirs.ariaLabel = connected;
  };
  connection.onicecandidate = ({ candidate }) => {
    if (candidate) send({ type: 'candidate', candidate });
  };
  state.textContent = 'In a call';
  return connection;
}

function listenTo(each: RTCDataChannel): void {
  each.onmessage = ({ data }) => {
    state.textContent = `${connected}: ${data}`;
  };
}

async function setRemote(connection: RTCPeerConnection, description: RTCSessionDescriptionInit) {
  await connection.setRemoteDescription(description);
  for (const candidate of early.splice(0)) await connection.addIceCandidate(candidate);
}

function close(): void {
  pc?.close();
  for (const track of stream?.getTracks() ?? []) track.stop();
  theirs.srcObject = null;
  state.textContent = 'Left';
}
