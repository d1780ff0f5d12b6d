/** The connection: the only difference between the bare page and the PeerJS page. */
export interface Wire {
  /** Called with the open devices, on a click on Call. */
  call(stream: MediaStream): void | Promise<void>;
  /** Ends the call at both ends. */
  hangUp(): void;
}

export const name = location.hash.slice(1);
/** The port of the signaling server. */
export const port = Number(new URLSearchParams(location.search).get('port'));

const button = document.querySelector<HTMLButtonElement>('#call')!;
const local = document.querySelector<HTMLVideoElement>('#local')!;
const remote = document.querySelector<HTMLVideoElement>('#remote')!;

/** The same devices and the same largest picture as the kit asks for. */
export async function openDevices(): Promise<MediaStream> {
  const video = { width: { max: 800 }, height: { max: 600 } };
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video });
  local.srcObject = stream;
  return stream;
}

export function showRemote(stream: MediaStream): void {
  if (remote.srcObject !== stream) remote.srcObject = stream;
}

/** Closes the devices; the page is ready for the next call. */
export function reset(): void {
  for (const track of (local.srcObject as MediaStream | null)?.getTracks() ?? []) track.stop();
  local.srcObject = remote.srcObject = null;
  button.disabled = false;
}

/** Connects the buttons, and enables Call. */
export function ready({ call, hangUp }: Wire): void {
  button.onclick = async () => {
    button.disabled = true;
    await call(await openDevices());
  };
  document.querySelector<HTMLButtonElement>('#hang-up')!.onclick = hangUp;
  button.disabled = false;
}
