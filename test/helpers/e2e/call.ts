import type { TestContext } from 'node:test';
import type { RunningServer } from '../../../server/index.js';
import { chromiumOf } from './chromium.js';
import { Person, type Name } from './person.js';
import { startSite } from './site.js';

/** Where pages are served. */
interface Site {
  readonly url: string;
}

/** Opens a page of a site for one of the cast, in a browser of their own, and signs them in. */
export async function join(t: TestContext, site: Site, path: string, name: Name): Promise<Person> {
  const person = await arrive(t, site, path, name);
  await person.signIn();
  return person;
}

/** As {@link join}, without signing in. */
export async function arrive(
  t: TestContext,
  site: Site,
  path: string,
  name: Name,
): Promise<Person> {
  return Person.at(t, await chromiumOf(name), `${site.url}/${path}`, name);
}

/** Alice and Bob, each in a browser of their own, signed in on a page of the demo. */
export async function aliceAndBob(t: TestContext, path: string, at?: RunningServer) {
  const site = at ?? (await startSite(t));
  return { site, ...(await bothAt(t, site, path)) };
}

/** As {@link aliceAndBob}, wherever the pages are served. */
export async function bothAt(t: TestContext, site: Site, path: string) {
  const [alice, bob] = await Promise.all([
    join(t, site, path, 'alice'),
    join(t, site, path, 'bob'),
  ]);
  return { alice, bob };
}

/** Calls, and waits until it rings. */
export async function ring(caller: Person, callee: Person, kind = 'video'): Promise<void> {
  await caller.call(callee.name);
  const words = kind === 'chat' ? 'would like to chat' : `is calling: ${kind} call`;
  await callee.sees(`${caller.name} ${words}`);
}

/** Calls, and the other accepts. */
export async function connect(caller: Person, callee: Person, kind?: string): Promise<void> {
  await ring(caller, callee, kind);
  await callee.click('Accept');
  await Promise.all([inCall(caller, callee.name), inCall(callee, caller.name)]);
}

/** Waits until a call is connected. */
export const inCall = (person: Person, other: string) => person.sees(`Connected with ${other}`);
