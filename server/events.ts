import type { HubEvent } from 'rtc-widgets/hub';

/** Why a request for a WebSocket is turned away. */
export type TurnedAway =
  | 'draining'
  | 'host-not-allowed'
  | 'origin-not-allowed'
  | 'too-many-connections'
  | 'too-many-connections-of-address';

/** An event of a server. Holds no secret, address or text of anyone. */
export type ServerEvent =
  | HubEvent
  /** `origin` is the site whose page was refused because of it. */
  | { type: 'turned-away'; reason: TurnedAway; origin?: string }
  | { type: 'certificate-read' }
  | { type: 'certificate-refused'; reason: string }
  | { type: 'draining'; connections: number };

export type ServerObserver = (event: ServerEvent) => void;
