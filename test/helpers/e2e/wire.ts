import type { Person } from './person.js';

/** A WebSocket frame, as it went over the wire. */
export interface Frame {
  type: string;
  text: string;
  /** By this page. */
  sent: boolean;
}

/** Keeps every WebSocket frame that a page in Chromium sends or receives from now on. */
export async function tapWire({ page }: Person): Promise<Frame[]> {
  const frames: Frame[] = [];
  const keep = (sent: boolean) => (event: { response: { payloadData: string } }) => {
    const text = event.response.payloadData;
    frames.push({ type: (JSON.parse(text) as Frame).type, text, sent });
  };
  const session = await page.createCDPSession();
  session.on('Network.webSocketFrameSent', keep(true));
  session.on('Network.webSocketFrameReceived', keep(false));
  await session.send('Network.enable');
  return frames;
}
