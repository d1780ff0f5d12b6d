import { test, type TestContext } from 'node:test';
import { connect } from '../helpers/e2e/call.js';
import { chromiumOf } from '../helpers/e2e/chromium.js';
import { seeAndHearEachOther } from '../helpers/e2e/media.js';
import { Person, type Name } from '../helpers/e2e/person.js';
import { startSite } from '../helpers/e2e/site.js';

test('two tabs of a browser call each other without a server', async (t) => {
  const tab = await opener(t);
  const alice = await tab('alice');
  const bob = await tab('bob');
  await connect(alice, bob);
  await seeAndHearEachOther(alice, bob);
  await bob.click('Hang up');
  await alice.sees('The call with bob has ended.');
});

test('the tab that runs the hub closes: the others are signed in again by the next', async (t) => {
  const tab = await opener(t);
  const alice = await tab('alice');
  const bob = await tab('bob');
  const carol = await tab('carol');
  await offers(bob, ['alice', 'carol']);
  await alice.page.close();
  // The new hub knows only those who came to it.
  await offers(bob, ['carol']);
  await offers(carol, ['bob']);
  await bob.sees('Signed in as bob');
  await connect(bob, carol);
  await seeAndHearEachOther(bob, carol);
});

/** Opens tabs of one browser, each signed in under another name. */
async function opener(t: TestContext): Promise<(name: Name) => Promise<Person>> {
  const site = await startSite(t);
  const browser = await chromiumOf('all');
  return async (name) => {
    const person = await Person.at(t, browser, `${site.url}/local.html`, name);
    await person.signIn();
    return person;
  };
}

/** Waits until the field for the name offers these people and no others. */
async function offers(person: Person, names: string[]): Promise<void> {
  await person.until(`the offer of ${names.join()}`, async () => {
    const offered = await person.page.evaluate(() => inPage.offered());
    return offered.sort().join() === names.join();
  });
}
