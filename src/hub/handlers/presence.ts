import { ROSTER_PAGE_SIZE } from '../../protocol/limits.js';
import { nameKey } from '../../protocol/name-key.js';
import type { SessionRef } from '../directory.js';
import { Watches } from '../presence/watches.js';
import type { HandlerContext, Message } from './handler.js';

/** Starts or stops telling a client who is online. */
export async function watch(
  { hub: { presence, clock, settings }, client }: HandlerContext,
  { key }: SessionRef,
  { on, search, limit }: Message<'watch'>,
): Promise<void> {
  const watches = (client.watches ??= new Watches(
    presence,
    {
      key,
      sendFrame: (frame) => client.sendFrame(frame),
      refuse: (refusal) => client.refuse(refusal),
    },
    clock,
  ));
  const wanted = search && nameKey(search);
  if (!on) return watches.end(wanted);
  const whole = limit === undefined && search === undefined;
  // All others: the person takes up a place that nobody is shown.
  const most = whole
    ? settings.rosterSize + 1
    : Math.min(limit ?? ROSTER_PAGE_SIZE, settings.rosterSize);
  await watches.begin({ search: wanted ?? '', limit: most, whole });
}
