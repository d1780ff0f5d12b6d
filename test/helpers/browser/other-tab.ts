import type { Session } from '../../../src/core/session.js';

const frames: HTMLIFrameElement[] = [];
afterEach(() => frames.splice(0).forEach((frame) => frame.remove()));

/** A stand-in for another tab of this origin: a frame, with a copy of the core of its own. */
export interface OtherTab {
  /** Signs somebody in there. */
  signIn(server: string, name: string): Promise<Session>;
  /** Closes it. Everything in it is gone, as with a tab. */
  close(): void;
}

/** Opens another tab. */
export async function openTab(): Promise<OtherTab> {
  const frame = document.createElement('iframe');
  frames.push(frame);
  document.body.append(frame);
  const realm = frame.contentWindow as Window & { Function: FunctionConstructor };
  const url = new URL('../../../src/core/session.ts', import.meta.url).href;
  const load = realm.Function('url', 'return import(url)') as (
    url: string,
  ) => Promise<{ Session: typeof Session }>;
  const core = await load(url);
  return {
    async signIn(server, name) {
      const session = new core.Session(server);
      await session.login(name);
      return session;
    },
    close: () => frame.remove(),
  };
}
