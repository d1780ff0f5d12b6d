import type { HubEvent, HubObserver } from '../src/hub/observer.js';

/**
 * An observer that writes a line of JSON for everything that happens. The events hold no password,
 * token, description, address or text of anyone.
 */
export function logLines(write: (line: string) => void): HubObserver {
  return (event) => {
    write(`${JSON.stringify({ time: new Date().toISOString(), ...fields(event) })}\n`);
  };
}

/** An error has no fields of its own that JSON would show. */
function fields(event: HubEvent): object {
  if (event.type !== 'fault') return event;
  const { error } = event;
  return { ...event, error: error instanceof Error ? error.stack : String(error) };
}
