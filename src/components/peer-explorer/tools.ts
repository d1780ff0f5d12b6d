import type { PageSession } from '../../context/page-session.js';
import type { Call } from '../../core/call/call.js';
import type { ConnectionLog } from '../../core/inspect/connection-log.js';
import type { Say } from '../../explorers/explorer-words.js';
import type { StatsWatch } from '../../explorers/stats-watch.js';
import type { StringKey } from '../../localize/strings.js';
import type { Channels } from './channels.js';
import type { Choices } from './choices.js';

/** The parts of the explorer that both panels use. */
export interface Tools {
  readonly log: ConnectionLog;
  readonly channels: Channels;
  readonly watch: StatsWatch;
  readonly choices: Choices;
  readonly say: Say;
  /** A string of the calls. */
  t(key: StringKey): string;
  /** The words for a problem: a code, or what the browser said. */
  problem(problem: string): string;
  /** The calls that the explorer shows and rings. */
  presented(): { shown?: Call; ringing?: Call };
  session(): PageSession | undefined;
  /** Closes what there is, before something new begins. */
  forget(): void;
  update(): void;
}
