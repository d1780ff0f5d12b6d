/** How long anything that should happen may take, in milliseconds. */
const PATIENCE = 30_000;

/** How often it is looked for. */
const INTERVAL = 20;

/**
 * Looks until something is so.
 * @param what is awaited, for the words of a failure
 * @param probe anything but false and undefined will do
 * @returns what the probe saw
 */
export async function until<T>(
  what: string,
  probe: () => Promise<T> | T,
  patience = PATIENCE,
): Promise<Exclude<T, false | undefined | null>> {
  const deadline = Date.now() + patience;
  for (;;) {
    const seen = await probe();
    if (seen !== false && seen !== undefined && seen !== null) {
      return seen as Exclude<T, false | undefined | null>;
    }
    if (Date.now() > deadline) throw new Error(`Waited ${patience} ms in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, INTERVAL));
  }
}
