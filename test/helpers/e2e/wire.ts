import type { Person } from './person.js';

/** One WebSocket frame, as it went over the wire. */
export interface Frame {
  type: string;
  text: string;
}

/** Keeps every WebSocket frame that a page in Chromium sends or receives from now on. */
export async function tapWire({ page }: Person): Promise<Frame[]> {
  const frames: Frame[] = [];
  const keep = ({ response }: { response: { payloadData: string } }) => {
    const text = response.payloadData;
    frames.push({ type: (JSON.parse(text) as Frame).type, text });
  };
  const session = await page.createCDPSession();
  session.on('Network.webSocketFrameSent', keep);
  session.on('Network.webSocketFrameReceived', keep);
  await session.send('Network.enable');
  return frames;
}
