import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aliceAndBob, ring } from '../helpers/e2e/call.js';
import type { Person } from '../helpers/e2e/person.js';
import { tapWire, type Frame } from '../helpers/e2e/wire.js';

/** The placeholders for an address in a description that has none yet (RFC 8829, 5.2.1). */
const PLACEHOLDERS = ['0.0.0.0', '127.0.0.1'];

const kinds = [
  { kind: 'video', path: 'video.html' },
  { kind: 'voice', path: 'voice.html' },
  { kind: 'chat', path: 'text.html' },
];

for (const { kind, path } of kinds) {
  test(`a ring reveals no address of either side (${kind})`, async (t) => {
    const { alice, bob } = await aliceAndBob(t, path);
    const people = [alice, bob];
    const wires = await Promise.all(people.map(tapWire));
    await ring(alice, bob, kind);
    await alice.sees('Ringing bob…');
    // Had either begun to gather when this begins, there would be candidates when it ends.
    await Promise.all(people.map(({ page }) => page.evaluate(() => inPage.gatherOnce())));
    for (const person of people) assert.deepEqual(await gathered(person), nothing);
    assert.ok(wires[1]!.some(({ type, text }) => type === 'call' && text.includes('a=ice-ufrag')));
    for (const wire of wires) assert.deepEqual(revealing(wire), []);

    // The same means see addresses once the call is accepted.
    await bob.click('Accept');
    for (const person of people) {
      await person.until('candidates', async () => (await gathered(person)).candidates > 0);
    }
    for (const wire of wires) {
      await alice.until('candidates on the wire', () => revealing(wire).length > 0);
    }
  });
}

const nothing = { localDescriptions: 0, gatherings: 0, candidates: 0 };

async function gathered({ page }: Person): Promise<typeof nothing> {
  const { connections: _, ...counts } = await page.evaluate(() => inPage.connectionCounts());
  return counts;
}

/** The frames that name a candidate or any address. */
const revealing = (wire: Frame[]) =>
  wire.filter(
    ({ type, text }) =>
      type === 'candidate' ||
      /a=candidate|\.local\b|IN IP6/.test(text) ||
      (text.match(/\b\d{1,3}(\.\d{1,3}){3}\b/g) ?? []).some((ip) => !PLACEHOLDERS.includes(ip)),
  );
