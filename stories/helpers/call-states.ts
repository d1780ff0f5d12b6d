import type { TemplateResult } from 'lit';
import type { BaseSession, CallKind } from '../../src/core/index.js';
import { refusedDevices } from './people.js';
import type { Scene } from './scene.js';
import { phase, stoppedClock, type Stage } from './stage.js';

/** A call of this kind from its first ring on, in one tag. */
export function callStates(kind: CallKind, content: TemplateResult): Scene[] {
  const callSomebody = async ({ invite, me }: Stage) => {
    await invite('Bob');
    me.call('Bob', kind);
  };
  return [
    { title: 'Signed out', as: '', content },
    { title: 'Ready', content },
    {
      title: 'Calling',
      note: 'Their device has not said yet that it rings.',
      content,
      settings: { clock: stoppedClock },
      play: ({ me }) => {
        unheard(me, 'call');
        me.call('Bob', kind);
      },
    },
    { title: 'Ringing there', content, settings: { clock: stoppedClock }, play: callSomebody },
    { title: 'Ringing here', content, play: ({ ringFromBob }) => ringFromBob(kind) },
    {
      title: 'Connecting',
      note: 'Accepted; no way between the two has been found yet.',
      content,
      settings: { clock: stoppedClock },
      play: async ({ invite, me }) => {
        const bob = await invite('Bob', { accepts: true, clock: stoppedClock });
        // On a network that lets nothing through.
        unheard(bob, 'candidate');
        unheard(me, 'candidate');
        await phase(me.call('Bob', kind)!, 'connecting');
      },
    },
    {
      title: kind === 'chat' ? 'In a chat' : 'In a call',
      content,
      play: ({ callBob }) => callBob(kind),
    },
    {
      title: 'Reconnecting',
      note: 'Their page has lost its server: held for a minute.',
      content,
      play: async ({ callBob, wire }) => {
        const { mine } = await callBob(kind);
        wire.lose('Bob');
        await phase(mine, 'reconnecting');
      },
    },
  ];
}

/** Each way in which a call ends, in one tag. */
export function endStates(kind: CallKind, content: TemplateResult): Scene[] {
  const other = kind === 'chat' ? 'video' : 'chat';
  return [
    {
      title: 'Hung up',
      content,
      play: async ({ callBob }) => (await callBob(kind)).theirs.hangUp(),
    },
    {
      title: 'Declined',
      content,
      play: async ({ invite, me }) => {
        const bob = await invite('Bob');
        bob.addEventListener('rtc-call-incoming', (event) => event.preventDefault());
        await phase(me.call('Bob', kind)!, 'ended');
      },
    },
    {
      title: 'Cancelled',
      content,
      play: async ({ ringFromBob }) => (await ringFromBob(kind)).hangUp(),
    },
    ...(kind === 'chat'
      ? []
      : [
          {
            title: 'Busy',
            content,
            play: async ({ invite, me }: Stage) => {
              await invite('Cem');
              const bob = await invite('Bob');
              bob.call('Cem', 'voice');
              await phase(me.call('Bob', kind)!, 'ended');
            },
          },
        ]),
    {
      title: 'No answer',
      content,
      settings: { ringTimeout: 500 },
      play: async ({ invite, me }) => {
        await invite('Bob');
        await phase(me.call('Bob', kind)!, 'ended');
      },
    },
    {
      title: 'Not online',
      content,
      play: ({ me }) => phase(me.call('Bob', kind)!, 'ended'),
    },
    {
      title: 'Such calls are not taken there',
      content,
      play: async ({ invite, me }) => {
        await invite('Bob', { takes: [other] });
        await phase(me.call('Bob', kind)!, 'ended');
      },
    },
    {
      title: 'Signed out there',
      content,
      play: async ({ callBob }) => {
        const { bob, mine } = await callBob(kind);
        bob.logout();
        await phase(mine, 'ended');
      },
    },
    {
      title: 'Gone',
      note: 'Ten seconds after their page was closed.',
      content,
      play: async ({ callBob, wire }) => {
        await callBob(kind);
        wire.lose('Bob', 1001);
      },
    },
    {
      title: 'No connection',
      content,
      settings: { connectTimeout: 500 },
      play: async ({ invite, me }) => {
        unheard(await invite('Bob', { accepts: true }), 'candidate');
        unheard(me, 'candidate');
        await phase(me.call('Bob', kind)!, 'ended');
      },
    },
  ];
}

/** Each way in which devices can fail. */
export function refusalStates(kind: CallKind, content: TemplateResult): Scene[] {
  const refusals = [
    ['Devices denied', 'NotAllowedError'],
    ['No devices', 'NotFoundError'],
    ['Devices in use', 'NotReadableError'],
  ] as const;
  return refusals.map(([title, error]) => ({
    title,
    note: 'One can still join, and hear and see the other.',
    content,
    settings: { getUserMedia: refusedDevices(error) },
    play: ({ callBob }) => callBob(kind),
  }));
}

/** Drops the messages of this type that a session sends. */
function unheard({ signaling }: BaseSession, type: string): void {
  const send = signaling.send.bind(signaling);
  signaling.send = (message) => message.type === type || send(message);
}
