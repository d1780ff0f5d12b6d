/** The part of a WebSocket that signaling needs; `local:` brings another that has it too. */
export interface SignalingSocket {
  send(frame: string): void;
  close(code?: number): void;
  onopen: ((event: Event) => void) | null;
  onmessage: ((event: MessageEvent) => void) | null;
  onclose: ((event: CloseEvent) => void) | null;
}
