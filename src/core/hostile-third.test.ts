import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { settled } from '../../test/helpers/fake-clock.js';
import { SmallWorld, Stranger, pretendWorld, type Page } from '../../test/helpers/small-world.js';
import type { SessionMessage } from './signaling/signaling.js';

pretendWorld();

type Who = 'alice' | 'bob';

/** A message of Eve's: numbers choose among what she knows. */
interface Forgery {
  type: string;
  to: string;
  call: number;
  link: number;
  seq: unknown;
  after: unknown;
  more: object;
}

type Step =
  | { do: 'say'; who: Who }
  | { do: 'forge'; forgery: Forgery }
  | { do: 'arrive'; picks: number[] }
  | { do: 'lose'; who: Who; first: 'page' | 'hub'; spare: boolean }
  | { do: 'go on'; time: number };

const who = fc.constantFrom<Who>('alice', 'bob');
const types = [
  'offer',
  'answer',
  'candidate',
  'leave',
  'call',
  'accept',
  'decline',
  'busy',
  'cancel',
  'ack',
  'announce',
];
const number = fc.oneof(
  fc.nat(20),
  fc.constantFrom<unknown>(-1, 0.5, 99_999, 2 ** 31, 2 ** 52, 2 ** 53 - 1, '1', undefined),
);
const description = (type: string) => fc.constant({ type, sdp: 'from 99 to anyone with audio' });
const forgery: fc.Arbitrary<Forgery> = fc.record({
  type: fc.constantFrom(...types),
  to: fc.constantFrom('alice', 'bob', 'bob', 'eve'),
  call: fc.nat(),
  link: fc.nat(),
  seq: number,
  after: fc.oneof(fc.constant(0), number),
  more: fc.record(
    {
      kind: fc.constantFrom('chat', 'voice', 'video'),
      reason: fc.constantFrom('hung-up', 'gone', 'signed-out', 'cancelled'),
      offer: description('offer'),
      answer: description('answer'),
      candidate: fc.constant({ candidate: 'of 99', sdpMid: '0' }),
      fresh: fc.boolean(),
      caller: fc.boolean(),
      accepted: fc.boolean(),
    },
    { requiredKeys: ['kind', 'offer', 'answer', 'caller', 'accepted'] },
  ),
});

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('say' as const), who }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('forge' as const), forgery }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('arrive' as const),
      picks: fc.array(fc.nat(7), { minLength: 1, maxLength: 4 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('lose' as const),
      who,
      first: fc.constantFrom('page' as const, 'hub' as const),
      spare: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('go on' as const),
      time: fc.constantFrom(100, 2000, 6000),
    }),
  },
);

/**
 * Everything that Eve has ever been sent under this name, one that she makes up, and what she could
 * never guess: the call of the two.
 */
function known({ eve, outgoing }: World, field: 'link' | 'call'): string[] {
  const seen = eve.heard.map((message) => message[field]);
  const secret = field === 'call' ? [outgoing.id] : [];
  return [...new Set(seen.filter((value) => typeof value === 'string')), 'made-up', ...secret];
}

function forge(world: World, { type, to, call, link, seq, after, more }: Forgery): void {
  const pick = (all: string[], index: number) => all[index % all.length];
  const calls = known(world, 'call');
  const links = known(world, 'link');
  world.eve.send({
    ...more,
    type,
    name: to,
    call: pick(calls, call),
    link: pick(links, link),
    seq,
    after,
  });
}

/** The messages that each of the two has sent and received. */
class Talk {
  readonly said: Record<Who, string[]> = { alice: [], bob: [] };
  readonly read: Record<Who, string[]> = { alice: [], bob: [] };
  readonly #pages: Record<Who, Page>;
  readonly #call: string;

  constructor(alice: Page, bob: Page, call: string) {
    this.#pages = { alice, bob };
    this.#call = call;
    for (const [me, other] of [
      ['alice', 'bob'],
      ['bob', 'alice'],
    ] as const) {
      this.#pages[me].session.signaling.addEventListener('message', (event) => {
        const { data } = event as MessageEvent<SessionMessage>;
        if (data.type !== 'candidate' || data.name !== other || data.call !== call) return;
        const { candidate } = data.candidate!;
        if (candidate?.startsWith('said')) this.read[me].push(candidate);
      });
    }
  }

  say(who: Who): void {
    const words = `said ${who} ${this.said[who].length}`;
    this.said[who].push(words);
    const name = who === 'alice' ? 'bob' : 'alice';
    const candidate = { candidate: words };
    this.#pages[who].session.signaling.send({
      type: 'candidate',
      name,
      call: this.#call,
      candidate,
    });
  }

  check(): void {
    assert.deepEqual(this.read.bob, this.said.alice, 'from alice to bob');
    assert.deepEqual(this.read.alice, this.said.bob, 'from bob to alice');
  }
}

/** Alice and Bob each call Eve, who so learns their links, and then talk to each other. */
async function begin(kind: 'chat' | 'voice') {
  const world = new SmallWorld('alice', 'bob');
  const [alice, bob] = world.pages as [Page, Page];
  const eve = new Stranger('eve');
  await world.signIn();
  eve.signIn();
  await world.arrive();
  for (const { session } of [alice, bob]) {
    const toEve = session.call('eve', kind)!;
    await world.goOn(200, 100);
    toEve.hangUp();
    await world.goOn(200, 100);
  }
  const outgoing = alice.session.call('bob', kind)!;
  await world.goOn(200, 100);
  const incoming = bob.live.find(({ id }) => id === outgoing.id)!;
  void incoming.accept();
  await world.goOn(500, 100);
  assert.equal(outgoing.state.phase, 'active');
  return { world, alice, bob, eve, outgoing, incoming, talk: new Talk(alice, bob, outgoing.id) };
}

type World = Awaited<ReturnType<typeof begin>>;

async function take(all: World, step: Step): Promise<void> {
  const { world, alice, bob, talk } = all;
  switch (step.do) {
    case 'say':
      talk.say(step.who);
      break;
    case 'forge':
      forge(all, step.forgery);
      break;
    case 'arrive':
      for (const pick of step.picks) await world.deliver(pick);
      return;
    case 'lose':
      (step.who === 'alice' ? alice : bob).socket!.lose(step.first, step.spare);
      break;
    case 'go on':
      return world.goOn(step.time, 500);
  }
  await settled();
}

/** Declined once, Eve knows Alice's link: with it she sends Bob the end of no call. */
const found: [Step[], 'chat' | 'voice'][] = [
  [
    [
      {
        do: 'forge',
        forgery: { type: 'leave', to: 'bob', call: 2, link: 0, seq: 2 ** 52, after: 0, more: {} },
      },
      { do: 'arrive', picks: [0, 0, 0] },
      { do: 'say', who: 'alice' },
    ],
    'chat',
  ],
];

test('messages of two people arrive once and in order, whatever a third person sends', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 3, maxLength: 30, size: 'max' }),
      fc.constantFrom('chat', 'voice'),
      async (steps, kind) => {
        const all = await begin(kind);
        const { world, outgoing, incoming, talk } = all;
        for (const step of steps) await take(all, step);
        await world.goOn(20_000, 1000);
        talk.check();
        assert.equal(outgoing.state.phase, 'active');
        assert.equal(incoming.state.phase, 'active');
        outgoing.hangUp();
        await world.goOn(1000, 1000);
        assert.equal(incoming.state.reason, 'hung-up');
        assert.deepEqual(world.faults, []);
        for (const { session } of world.pages) session.logout();
        all.eve.signOut();
        await world.goOn(70_000, 70_000);
      },
    ),
    { numRuns: 500, examples: found, includeErrorInReport: true },
  );
});
