import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { connect, ring } from '../helpers/e2e/call.js';
import { nothingIsLeft, watches } from '../helpers/e2e/media.js';
import { firefoxPath } from '../helpers/e2e/firefox.js';
import {
  addressOf,
  canMakeNetworks,
  hasCoturn,
  hasOpenssl,
  Network,
  type Link,
} from '../helpers/e2e/network.js';
import { Person, type Name } from '../helpers/e2e/person.js';
import { kitPage } from '../helpers/e2e/site.js';
import { tapWire } from '../helpers/e2e/wire.js';

const missing = 'NOT TRIED: other paths (only root may make network namespaces, with iptables)';
const noFirefox = 'NOT TRIED: other paths with Firefox (install firefox-esr, or set FIREFOX_PATH)';
const noRelay = 'NOT TRIED: calls by relay (install coturn)';
const noCertificate = 'NOT TRIED: calls by relay over TLS (install openssl)';

/** Those who sit at Firefox. */
const atFirefox: Name[] = ['dave', 'erin'];

/** Somebody at the video page, on a host of their own. */
async function personOn(t: TestContext, network: Network, name: Name, page = 'video.html') {
  const browser = atFirefox.includes(name)
    ? await network.startFirefox(name)
    : await network.startChromium(name);
  const person = await Person.at(t, browser, `${network.url}/${page}`, name);
  await person.signIn();
  return person;
}

/** Two in a call, each on a host with one link. */
async function inCallOverNetwork(t: TestContext, names: [Name, Name] = ['alice', 'bob']) {
  const network = await Network.make(t);
  const [link] = names.map((name) => network.addHost(name)) as [Link, Link];
  await network.startServer();
  const one = await personOn(t, network, names[0]);
  const other = await personOn(t, network, names[1]);
  await connect(one, other);
  await Promise.all([watches(one, other.name), watches(other, one.name)]);
  return { network, link, one, other };
}

/** The same call, with pictures both ways. */
async function goesOn(one: Person, other: Person): Promise<void> {
  await Promise.all([
    one.sees(`Connected with ${other.name}`, 60_000),
    other.sees(`Connected with ${one.name}`, 60_000),
  ]);
  await Promise.all([watches(one, other.name), watches(other, one.name)]);
  for (const person of [one, other]) {
    const starts = await person.page.evaluate(
      () => inPage.heard.filter(({ type }) => type === 'rtc-call-start').length,
    );
    if (starts !== 1) throw new Error(`${person.name} is in another call`);
  }
}

/** Waits until one of the two says that it looks for another path. */
async function looksForAPath(one: Person, other: Person): Promise<void> {
  await Promise.any([one.sees('Reconnecting…', 30_000), other.sees('Reconnecting…', 30_000)]);
}

type InCall = Awaited<ReturnType<typeof inCallOverNetwork>>;

/** A call goes on after a change, and can be ended as any other. */
async function afterChange(call: InCall, change: (call: InCall) => unknown) {
  const { one, other } = call;
  await change(call);
  await goesOn(one, other);
  await one.click('Hang up');
  await other.sees(`The call with ${one.name} has ended.`);
  await Promise.all([nothingIsLeft(one), nothingIsLeft(other)]);
}

/** The caller's link goes down, and once that has been noticed, another comes up. */
async function changeLinks({ network, link, one, other }: InCall): Promise<void> {
  const another = network.addLink(one.name);
  network.down(one.name, link);
  await looksForAPath(one, other);
  network.up(one.name, another);
}

/** The path between two in a call. */
const pathOf = ({ page }: Person) => page.evaluate(() => inPage.path());

if (!canMakeNetworks) {
  test(missing, (t) => t.diagnostic(missing));
} else {
  test('the call moves to another link when its link goes down', async (t) => {
    await afterChange(await inCallOverNetwork(t), changeLinks);
  });

  if (!firefoxPath) {
    test(noFirefox, (t) => t.diagnostic(noFirefox));
  } else {
    for (const [what, ...names] of [
      ['from Chromium to Firefox', 'alice', 'erin'],
      ['from Firefox to Chromium', 'dave', 'bob'],
      ['from Firefox to Firefox', 'dave', 'erin'],
    ] as [string, Name, Name][]) {
      test(`a call ${what} moves to another link when its link goes down`, async (t) => {
        await afterChange(await inCallOverNetwork(t, names), changeLinks);
      });
    }
  }

  test('the call goes on from the new address when the address of a link changes', async (t) => {
    await afterChange(await inCallOverNetwork(t), ({ network, link, one }) => {
      network.on(one.name, 'ip', 'addr', 'flush', 'dev', link.there);
      network.up(one.name, link, 3);
    });
  });

  test('nothing arrives for ten seconds: the call waits, and goes on', async (t) => {
    const { network, link, one, other } = await inCallOverNetwork(t);
    const end = network.blackout(link);
    const dark = delay(10_000);
    await looksForAPath(one, other);
    await dark;
    end();
    await goesOn(one, other);
  });

  test('nothing arrives any more: the call ends, and says why', async (t) => {
    const { network, link, one, other } = await inCallOverNetwork(t);
    for (const person of [one, other]) {
      await person.page.evaluate(() => {
        document.querySelector('rtc-provider')!.settings = { recoveryLimit: 5000 };
      });
    }
    network.blackout(link);
    await one.sees(`The connection with ${other.name} was lost.`, 60_000);
    await other.sees(`The connection with ${one.name} was lost.`, 60_000);
    await Promise.all([nothingIsLeft(one), nothingIsLeft(other)]);
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
    for (const transport of ['udp', 'tcp', 'tls']) {
      if (transport === 'tls' && !hasOpenssl) {
        test(noCertificate, (t) => t.diagnostic(noCertificate));
        continue;
      }
      test(`behind two symmetric NATs, by a relay over ${transport}`, async (t) => {
        const network = await Network.make(t);
        network.addHostBehindNat('alice');
        network.addHostBehindNat('bob');
        await network.startServer({ iceServers: [await network.startRelay(transport)] });
        const alice = await personOn(t, network, 'alice');
        const bob = await personOn(t, network, 'bob');
        const people = [alice, bob];
        await connect(alice, bob);
        await Promise.all([watches(alice, 'bob'), watches(bob, 'alice')]);
        // Nothing else leads there: each side has a relay, and one of them is on the path.
        const paths = await Promise.all(people.map(pathOf));
        assert.ok(
          paths.some(({ relay }) => relay === transport),
          JSON.stringify(paths),
        );
      });
    }

    for (const [where, ...hidden] of [
      ['at neither side leaves the call direct'],
      ['at one side makes the call use the relay', 'alice'],
      ['at both sides makes the call use the relay', 'alice', 'bob'],
    ] as [string, ...Name[]][]) {
      test(`relay-only ${where}`, async (t) => {
        const network = await Network.make(t);
        const addresses = [network.addHost('alice'), network.addHost('bob')].map(addressOf);
        const tags = '<rtc-login></rtc-login><rtc-video-call></rtc-video-call>';
        await network.startServer({
          iceServers: [await network.startRelay('udp')],
          pages: {
            'open.html': kitPage(`<rtc-provider>${tags}</rtc-provider>`),
            'hidden.html': kitPage(`<rtc-provider relay-only>${tags}</rtc-provider>`),
          },
        });
        const pageOf = (name: Name) => (hidden.includes(name) ? 'hidden.html' : 'open.html');
        const alice = await personOn(t, network, 'alice', pageOf('alice'));
        const bob = await personOn(t, network, 'bob', pageOf('bob'));
        const people = [alice, bob];
        const wires = await Promise.all(people.map(tapWire));
        await connect(alice, bob);
        await Promise.all([watches(alice, 'bob'), watches(bob, 'alice')]);
        for (const [index, person] of people.entries()) {
          const isHidden = hidden.includes(person.name);
          const what = isHidden ? 'a path by the relay' : 'a path from the host itself';
          await person.until(what, async () => {
            return ((await pathOf(person)).local === 'relay') === isHidden;
          });
          const told = wires[index]!.filter(({ sent }) => sent).map(({ text }) => text);
          const kinds = new Set(told.join().match(/(?<= typ )\w+/g));
          if (isHidden) assert.deepEqual([...kinds], ['relay']);
          else assert.ok(kinds.has('host'));
          const tellsAddress = told.some((text) => text.includes(addresses[index]!));
          assert.equal(tellsAddress, !isHidden);
        }
      });
    }
  }
}
