import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { atEnd } from '../helpers/e2e/at-end.js';
import { connect, inCall, ring } from '../helpers/e2e/call.js';
import { decodesMore, nothingIsLeft, watches } from '../helpers/e2e/media.js';
import { canMakeNetworks, hasCoturn, Network, type Link } from '../helpers/e2e/network.js';
import { Person, type Name } from '../helpers/e2e/person.js';

const missing = 'NOT TRIED: other paths (only root may make network namespaces, with iptables)';
const noRelay = 'NOT TRIED: calls by relay (install coturn)';

/** Somebody at the video page, on a host of their own. */
async function personOn(t: TestContext, network: Network, name: Name, page = 'video.html') {
  const browser = await (['dave', 'erin'].includes(name)
    ? network.startFirefox(name)
    : network.startChromium(name));
  const person = await Person.at(t, browser, `${network.url}/${page}`, name);
  await person.signIn();
  return person;
}

/** Alice and Bob in a call, each on a host with one link. */
async function inCallOverNetwork(t: TestContext) {
  const network = await Network.make(t);
  const links = { alice: network.addHost('alice'), bob: network.addHost('bob') };
  await network.startServer();
  const alice = await personOn(t, network, 'alice');
  const bob = await personOn(t, network, 'bob');
  await connect(alice, bob);
  await Promise.all([watches(alice, 'bob'), watches(bob, 'alice')]);
  return { network, links, alice, bob };
}

/** The same call, with pictures both ways. */
async function goesOn(alice: Person, bob: Person): Promise<void> {
  await Promise.all([
    alice.sees('Connected with bob', 60_000),
    bob.sees('Connected with alice', 60_000),
  ]);
  await Promise.all([decodesMore(alice), decodesMore(bob)]);
  await Promise.all([watches(alice, 'bob'), watches(bob, 'alice')]);
  for (const person of [alice, bob]) {
    const starts = await person.page.evaluate(
      () => inPage.heard.filter(({ type }) => type === 'rtc-call-start').length,
    );
    if (starts !== 1) throw new Error(`${person.name} is in another call`);
  }
}

/** Waits until one of the two says that it looks for another path. */
async function looksForAPath(alice: Person, bob: Person): Promise<void> {
  await Promise.any([alice.sees('Reconnecting…', 30_000), bob.sees('Reconnecting…', 30_000)]);
}

async function afterChange(
  t: TestContext,
  change: (network: Network, link: Link, alice: Person) => unknown,
) {
  const { network, links, alice, bob } = await inCallOverNetwork(t);
  await change(network, links.alice, alice);
  await goesOn(alice, bob);
  await alice.click('Hang up');
  await bob.sees('The call with alice has ended.');
  await Promise.all([nothingIsLeft(alice), nothingIsLeft(bob)]);
}

if (!canMakeNetworks) {
  test(missing, (t) => t.diagnostic(missing));
} else {
  test('one link goes down, and another comes up: the call goes on over that', async (t) => {
    await afterChange(t, async (network, link, alice) => {
      const other = network.addLink('alice');
      network.down('alice', link);
      await alice.sees('Reconnecting…');
      network.up('alice', other);
    });
  });

  for (const pair of [
    ['alice', 'erin'],
    ['dave', 'bob'],
    ['bob', 'dave'],
    ['erin', 'alice'],
  ] as [Name, Name][])
    test('mixed ' + pair, async (t) => {
      const network = await Network.make(t);
      const links = new Map<Name, Link>();
      for (const n of pair) links.set(n, network.addHost(n));
      await network.startServer();
      const people = [];
      for (const n of pair) people.push(await personOn(t, network, n));
      const [one, two] = people as [Person, Person];
      await connect(one, two);
      await Promise.all([watches(one, two.name), watches(two, one.name)]);
      const who = one;
      const other = network.addLink(who.name);
      await delay(2000);
      network.down(who.name, links.get(who.name)!);
      if (process.env.SLOW) await who.sees('Reconnecting…');
      else await delay(1000);
      network.up(who.name, other);
      const t0 = Date.now();
      try {
        await Promise.all([
          one.sees('Connected with ' + two.name, 60000),
          two.sees('Connected with ' + one.name, 60000),
        ]);
        console.log('MIXED', pair, 'connected', Date.now() - t0);
        await Promise.all([watches(one, two.name), watches(two, one.name)]);
        console.log('MIXED', pair, 'ok', Date.now() - t0);
      } finally {
        for (const x of [one, two]) console.log(x.name, await x.page.evaluate('LOG.join("\\n")'));
      }
    });

  test('the address of a link changes: the call goes on from the new one', async (t) => {
    await afterChange(t, (network, link) => {
      network.on('alice', 'ip', 'addr', 'flush', 'dev', link.there);
      network.up('alice', link, 3);
    });
  });

  test('nothing arrives for ten seconds: the call waits, and goes on', async (t) => {
    const { network, links, alice, bob } = await inCallOverNetwork(t);
    const end = network.blackout(links.alice);
    const dark = delay(10_000);
    await looksForAPath(alice, bob);
    await dark;
    end();
    await goesOn(alice, bob);
  });

  test('nothing arrives any more: the call ends, and says why', async (t) => {
    const { network, links, alice, bob } = await inCallOverNetwork(t);
    for (const person of [alice, bob]) {
      await person.page.evaluate(() => {
        const { settings } = document.querySelector('rtc-provider')!.session!;
        settings.recoveryLimit = 5000;
      });
    }
    network.blackout(links.alice);
    await alice.sees('The connection with bob was lost.', 60_000);
    await bob.sees('The connection with alice was lost.', 60_000);
    await Promise.all([nothingIsLeft(alice), nothingIsLeft(bob)]);
  });

  test('behind two symmetric NATs and without a relay: it is said that there is no path', async (t) => {
    const network = await Network.make(t);
    network.addHostBehindNat('alice');
    network.addHostBehindNat('bob');
    await network.startServer();
    const alice = await personOn(t, network, 'alice');
    const bob = await personOn(t, network, 'bob');
    await ring(alice, bob);
    await bob.click('Accept');
    await alice.sees('No connection with bob could be made.', 40_000);
    await bob.sees('No connection with alice could be made.', 40_000);
    await Promise.all([nothingIsLeft(alice), nothingIsLeft(bob)]);
  });

  if (!hasCoturn) {
    test(noRelay, (t) => t.diagnostic(noRelay));
  } else {
    for (const transport of ['udp', 'tcp']) {
      test(`behind two symmetric NATs, by a relay over ${transport}`, async (t) => {
        const network = await Network.make(t);
        network.addHostBehindNat('alice');
        network.addHostBehindNat('bob');
        const { host, ...who } = await network.startRelay();
        const urls = `turn:${host}:3478?transport=${transport}`;
        const file = join(tmpdir(), `rtc-widgets-ice-${process.pid}.json`);
        await writeFile(file, JSON.stringify([{ urls, ...who }]));
        atEnd(t, () => import('node:fs/promises').then(({ rm }) => rm(file)));
        await network.startServer('--ice-servers', file);
        const alice = await personOn(t, network, 'alice');
        const bob = await personOn(t, network, 'bob');
        await ring(alice, bob);
        await bob.click('Accept');
        await Promise.all([inCall(alice, 'bob'), inCall(bob, 'alice')]);
        await Promise.all([watches(alice, 'bob'), watches(bob, 'alice')]);
      });
    }
  }
}
