/** The features of a browser and the page in it, each detected. */
export interface Support {
  secure: boolean;
  devices: boolean;
  connection: boolean;
  channels: boolean;
  screen: boolean;
  output: boolean;
  pip: boolean;
}

/** Without these there is no call; the rest is more than some need. */
export const needed: readonly (keyof Support)[] = ['secure', 'devices', 'connection', 'channels'];

/** Looks for each feature; nothing is opened and nobody is asked. */
export function support(page: typeof globalThis = globalThis): Support {
  const { RTCPeerConnection, HTMLMediaElement, navigator, document } = page;
  const media = navigator.mediaDevices as Partial<MediaDevices> | undefined;
  return {
    secure: page.isSecureContext,
    devices: !!media?.getUserMedia,
    connection: !!RTCPeerConnection,
    channels: !!RTCPeerConnection?.prototype.createDataChannel,
    screen: !!media?.getDisplayMedia,
    output: 'setSinkId' in (HTMLMediaElement?.prototype ?? {}),
    pip: !!document.pictureInPictureEnabled || 'documentPictureInPicture' in page,
  };
}

/** Names of the codecs that can be received, each once; none where the browser does not say. */
export function codecs(kind: 'audio' | 'video'): string[] {
  const { codecs = [] } = globalThis.RTCRtpReceiver?.getCapabilities?.(kind) ?? {};
  const names = codecs.map(({ mimeType }) => mimeType.split('/')[1]!);
  // The list also holds formats that repair and repeat packets.
  const helpers = /^(rtx|red|ulpfec|flexfec-03|CN|telephone-event)$/i;
  return [...new Set(names)].filter((name) => !helpers.test(name));
}

/** How many devices there are of each kind. */
export type DeviceCounts = Record<MediaDeviceKind, number>;

/** Counts devices; before a permission is given, a browser may show one of each kind at most. */
export async function deviceCounts(): Promise<DeviceCounts> {
  const counts: DeviceCounts = { audioinput: 0, videoinput: 0, audiooutput: 0 };
  for (const { kind } of (await navigator.mediaDevices?.enumerateDevices()) ?? []) counts[kind]++;
  return counts;
}
