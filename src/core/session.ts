import type { CallKind } from '../protocol/messages.js';
import { BaseSession } from './base-session.js';
import type { Call } from './call/call.js';
import { Calls } from './calls.js';
import type { Chat } from './chat/chat.js';
import type { Roster } from './roster.js';
import type { SessionSettings } from './settings.js';

export type { SessionEventMap, SessionState } from './base-session.js';

/** The headless client: a session that can call and be called from the beginning. */
export class Session extends BaseSession {
  /**
   * @param server a `ws:` or `wss:` URL, a path on the page's own origin, or `local:NAME`
   * @param settings what differs from the defaults
   */
  constructor(server: string, settings: Partial<SessionSettings> = {}) {
    super(server, settings);
    this.begin(Calls);
  }

  override get roster(): Roster {
    return this.calls!.roster;
  }

  override call(name: string, kind: CallKind): Call | undefined {
    return this.calls!.call(name, kind);
  }

  override chat(name: string): Chat {
    return this.calls!.chat(name);
  }

  override startChat(name: string): Call | undefined {
    return this.calls!.startChat(name);
  }
}
