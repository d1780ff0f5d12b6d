const channels: BroadcastChannel[] = [];
afterEach(() => channels.splice(0).forEach((channel) => channel.close()));

/** Something that went to or came from the hub of a `local:` server. */
export type Overheard = Record<string, unknown> & { type: string };

/** Listens to all that passes over a `local:` server from now on. */
export function eavesdrop(server: string): Overheard[] {
  const overheard: Overheard[] = [];
  const channel = new BroadcastChannel(server.replace('local', 'rtc-widgets'));
  channels.push(channel);
  channel.onmessage = ({ data }: MessageEvent<{ frame?: string }>) => {
    if (data.frame) overheard.push(JSON.parse(data.frame) as Overheard);
  };
  return overheard;
}
