import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { FakeClock } from '../../../test/helpers/fake-clock.js';
import type { ClientMessage, PersonalMessage, ServerMessage } from '../../protocol/messages.js';
import { defaultSettings } from '../settings.js';
import { Delivery } from './delivery.js';
import { MAX_LINKS, MAX_PEOPLE, MAX_STEP } from './last-read.js';

/** An end of a line between Alice and Bob that loses, repeats and delays as a test says. */
class End {
  readonly read: string[] = [];
  readonly lost: string[] = [];
  readonly out: object[] = [];
  /** Keys of the names of those with whom there is a call. */
  readonly inCallWith = new Set<string>();
  readonly delivery: Delivery;
  readonly name: string;
  readonly other: string;

  constructor(name: string, other: string, clock: FakeClock) {
    this.name = name;
    this.other = other;
    this.delivery = new Delivery(
      { ...defaultSettings, clock },
      {
        transmit: (message) => this.out.push(message),
        lost: (message) => this.lost.push((message as { call: string }).call),
        inCallWith: (key) => this.inCallWith.has(key),
      },
    );
  }

  say(call: string): void {
    this.delivery.send({ type: 'accept', name: this.other, call });
  }

  /** Delivers a message from somebody, as the server would. */
  hear(message: object, from = this.other): void {
    const heard = { ...message, name: from } as ServerMessage;
    if (heard.type === 'ack') this.delivery.acknowledged(heard);
    else if (this.delivery.receive(heard as never)) {
      this.read.push((heard as { call: string }).call);
    }
  }
}

function line() {
  const clock = new FakeClock();
  return { clock, alice: new End('Alice', 'Bob', clock), bob: new End('Bob', 'Alice', clock) };
}

/** All that is on its way arrives, both ways, until nothing more comes. */
async function settle({ clock, alice, bob }: ReturnType<typeof line>): Promise<void> {
  do {
    for (const message of alice.out.splice(0)) bob.hear(message);
    for (const message of bob.out.splice(0)) alice.hear(message);
    await clock.advance(defaultSettings.ackDelay);
  } while (alice.out.length || bob.out.length);
}

const step = fc.oneof(
  { arbitrary: fc.record({ do: fc.constant('say'), by: fc.boolean() }), weight: 4 },
  {
    arbitrary: fc.record({
      do: fc.constantFrom('lose', 'arrive', 'repeat'),
      by: fc.boolean(),
      at: fc.nat(),
    }),
    weight: 6,
  },
  fc.record({ do: fc.constant('again'), by: fc.boolean() }),
  fc.record({ do: fc.constant('pass'), time: fc.integer({ min: 0, max: 6000 }) }),
);

test('whatever is lost, repeated or overtaken, each message is read once and in order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      const both = line();
      const { clock, alice, bob } = both;
      const said = { Alice: [] as string[], Bob: [] as string[] };
      let count = 0;
      for (const each of steps) {
        const [one, other] = 'by' in each && each.by ? [alice, bob] : [bob, alice];
        if (each.do === 'say') {
          const call = `${count++}`;
          said[one.name as 'Alice'].push(call);
          one.say(call);
        } else if (each.do === 'again') one.delivery.again(other.name);
        else if ('time' in each) await clock.advance(each.time);
        else if ('at' in each && one.out.length) {
          const at = each.at % one.out.length;
          const [message] = each.do === 'repeat' ? [one.out[at]!] : one.out.splice(at, 1);
          if (each.do !== 'lose') other.hear(message!);
        }
      }
      // Within the resume window, one good connection is enough.
      alice.delivery.again();
      bob.delivery.again();
      await settle(both);
      const given = new Set([...alice.lost, ...bob.lost]);
      assert.deepEqual(
        bob.read.filter((call) => !given.has(call)),
        said.Alice.filter((call) => !given.has(call)),
      );
      assert.deepEqual(
        alice.read.filter((call) => !given.has(call)),
        said.Bob.filter((call) => !given.has(call)),
      );
      assert.equal(new Set(bob.read).size, bob.read.length, 'read twice');
      await clock.advance(defaultSettings.resumeWindow);
      assert.equal(clock.waiting, 0, 'no timer is left');
    }),
    { numRuns: 2000 },
  );
});

test('what does not arrive within the resume window is said to be lost, and the rest goes on', async () => {
  const both = line();
  const { clock, alice, bob } = both;
  alice.say('one');
  await clock.advance(defaultSettings.resumeWindow);
  assert.deepEqual(alice.lost, ['one']);
  alice.out.splice(0);
  alice.say('two');
  await settle(both);
  assert.deepEqual(bob.read, ['two']);
  assert.deepEqual(alice.lost, ['one']);
});

test('somebody who comes later reads what is meant for them, from the first that is missing', async () => {
  const both = line();
  const { alice, clock } = both;
  alice.say('one');
  alice.say('two');
  // The page of before has read nothing, or has been loaded again.
  const later = new End('Bob', 'Alice', clock);
  const [one, two] = alice.out.splice(0) as [object, object];
  later.hear(two);
  assert.deepEqual(later.read, []);
  later.hear(one);
  later.hear(two);
  assert.deepEqual(later.read, ['one', 'two']);
  alice.delivery.stop();
});

/** The server's answer to the last message that was sent. */
const refusal = ({ out }: End, code: 'not-online' | 'bad-message' | 'mailbox-full') => {
  const { link, seq } = out.at(-1) as Extract<ClientMessage, { link?: string }>;
  return { type: 'error', message: '', code, link: link!, seq: seq! } as const;
};

test('what the server refuses is sent no more, and does not hold up what comes after it', async () => {
  const both = line();
  const { alice, bob } = both;
  alice.say('one');
  alice.out.splice(0);
  alice.say('two');
  const no = refusal(alice, 'bad-message');
  alice.out.splice(0);
  alice.say('three');
  assert.equal(alice.delivery.refused(no), true);
  alice.delivery.again();
  await settle(both);
  assert.deepEqual(bob.read, ['one', 'three']);
});

test('a ring is refused at once; one that was sent before waits for whoever lost the server too', async () => {
  const both = line();
  const { alice, bob } = both;
  const ring: PersonalMessage = { type: 'call', name: 'Bob', call: 'id', kind: 'voice' };
  alice.delivery.send(ring);
  alice.delivery.again();
  assert.equal(alice.delivery.refused(refusal(alice, 'not-online')), false);
  alice.out.splice(0);
  alice.delivery.again();
  await settle(both);
  assert.deepEqual(bob.read, ['id']);
  alice.delivery.send({ ...ring, call: 'other' });
  assert.equal(alice.delivery.refused(refusal(alice, 'not-online')), true);
  alice.out.splice(0);
  alice.delivery.again();
  assert.deepEqual(alice.out, []);
});

test('a full mailbox refuses nothing for good', async () => {
  const both = line();
  const { alice, bob } = both;
  alice.say('one');
  assert.equal(alice.delivery.refused(refusal(alice, 'mailbox-full')), false);
  alice.delivery.again();
  await settle(both);
  assert.deepEqual(bob.read, ['one']);
});

test('of a call that is over, only its end is still sent', async () => {
  const { alice, clock } = line();
  alice.say('id');
  alice.delivery.send({ type: 'candidate', name: 'Bob', call: 'id' });
  alice.delivery.send({ type: 'leave', name: 'Bob', call: 'id' });
  alice.delivery.forget('id');
  alice.out.splice(0);
  alice.delivery.again();
  assert.deepEqual(
    alice.out.map((message) => (message as ClientMessage).type),
    ['leave'],
  );
  alice.delivery.stop();
  await clock.advance(defaultSettings.resendInterval);
  assert.equal(clock.waiting, 0);
});

test('ignores what another client acknowledges or a basic client sends', () => {
  const { alice, bob } = line();
  alice.say('one');
  alice.delivery.acknowledged({ type: 'ack', name: 'Bob', link: 'another', seq: 99 });
  alice.out.splice(0);
  alice.delivery.again();
  assert.equal(alice.out.length, 1);
  bob.hear({ type: 'leave' });
  bob.hear({ type: 'leave' });
  assert.equal(bob.read.length, 2);
  assert.deepEqual(bob.out, []);
  alice.delivery.stop();
});

/** Numbers that may stand in a message: plausible, forged, or no whole number at all. */
const anyNumber = fc.oneof(
  fc.nat(20),
  fc.constantFrom(-1, 0.5, MAX_STEP, MAX_STEP + 1, 2 ** 52, 2 ** 53, Infinity, NaN),
);

test('whatever somebody else sends with a link that they have seen, all is read once and in order', async () => {
  const forged = fc.record({
    ack: fc.boolean(),
    own: fc.boolean(),
    seq: anyNumber,
    after: anyNumber,
    to: fc.boolean(),
    says: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(forged, { maxLength: 40 }), async (steps) => {
      const both = line();
      const { alice, bob } = both;
      const said: string[] = [];
      const say = () => {
        const call = `call-${said.length}`;
        said.push(call);
        alice.say(call);
        bob.say(call);
      };
      say();
      const links = [alice, bob].map(({ out }) => (out[0] as { link: string }).link);
      for (const { ack, own, seq, after, to, says } of steps) {
        const victim = to ? alice : bob;
        const link = own === to ? links[0]! : links[1]!;
        const type = ack ? 'ack' : 'leave';
        victim.hear({ type, call: 'forged', link, seq, after }, 'Eve');
        if (says) say();
      }
      await settle(both);
      for (const { read, lost } of [alice, bob]) {
        assert.deepEqual(
          read.filter((call) => call !== 'forged'),
          said,
        );
        assert.deepEqual(lost, []);
      }
    }),
    { numRuns: 500 },
  );
});

test('an acknowledgement drops nothing that is for somebody else', () => {
  const { alice } = line();
  alice.say('one');
  const { link, seq } = alice.out.splice(0)[0] as { link: string; seq: number };
  alice.hear({ type: 'ack', link, seq }, 'Eve');
  alice.delivery.again();
  assert.equal(alice.out.length, 1);
  alice.hear({ type: 'ack', link, seq }, 'BOB');
  alice.out.splice(0);
  alice.delivery.again();
  assert.deepEqual(alice.out, []);
  alice.delivery.stop();
});

test('numbers that the kit does not send are neither read nor acknowledged', async () => {
  const { bob, clock } = line();
  const hear = (seq: number, after: number) => {
    const before = bob.read.length;
    bob.hear({ type: 'accept', call: 'id', link: 'link', seq, after });
    return bob.read.length > before;
  };
  const wrong: [number, number][] = [
    [0, 0],
    [-1, 0],
    [1.5, 0],
    [1, 1],
    [1, -1],
    [NaN, 0],
    [2 ** 53, 0],
    [2 ** 52, 0],
    [MAX_STEP + 1, 0],
  ];
  for (const [seq, after] of wrong) assert.equal(hear(seq, after), false, `${seq} after ${after}`);
  await clock.advance(defaultSettings.ackDelay);
  assert.deepEqual(bob.out, []);
  assert.equal(hear(7, 0), true);
  assert.equal(hear(MAX_STEP + 8, 0), false);
  assert.equal(hear(MAX_STEP + 7, 7), true);
  await clock.advance(defaultSettings.ackDelay);
  assert.deepEqual(bob.out, [{ type: 'ack', name: 'Alice', link: 'link', seq: MAX_STEP + 7 }]);
});

test('strangers by the thousand do not make anybody forget whom there is a call with', () => {
  const { bob } = line();
  const message = { type: 'accept', call: 'id', seq: 1 };
  bob.inCallWith.add('alice');
  bob.hear({ ...message, link: 'of alice' });
  for (let count = 0; count < 2 * MAX_PEOPLE; count++) {
    bob.hear({ ...message, link: 'of a stranger' }, `stranger ${count}`);
  }
  bob.read.splice(0);
  bob.hear({ ...message, link: 'of alice' });
  bob.hear({ ...message, link: 'of a stranger' }, `stranger ${2 * MAX_PEOPLE - 1}`);
  assert.deepEqual(bob.read, []);
  // The people heard least recently are forgotten, and so are a person's old links.
  bob.hear({ ...message, link: 'of a stranger' }, 'stranger 0');
  assert.equal(bob.read.length, 1);
  for (let count = 0; count < MAX_LINKS; count++) bob.hear({ ...message, link: `${count}` }, 'Eve');
  bob.hear({ ...message, link: '0' }, 'Eve');
  assert.equal(bob.read.length, 1 + MAX_LINKS);
  bob.hear({ ...message, link: 'another' }, 'Eve');
  bob.hear({ ...message, link: '0' }, 'Eve');
  assert.equal(bob.read.length, 3 + MAX_LINKS);
});
