import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, nothing } from 'lit';
import '../src/define/conversation.js';
import '../src/define/text-chat.js';
import type { RtcMessageEvent } from '../src/index.js';
import { accessibility } from './helpers/accessibility.js';
import { anatomy } from './helpers/anatomy.js';
import { callStates, endStates } from './helpers/call-states.js';
import { chatWithBob, talk } from './helpers/chat-states.js';
import { live } from './helpers/live.js';
import { common } from './helpers/meta.js';
import { scene } from './helpers/scene.js';
import { states } from './helpers/states.js';

interface Args {
  peer: string;
  'auto-accept': string;
  silent: boolean;
  heading: string;
}

export default {
  ...common,
  title: 'Tags/rtc-text-chat',
  component: 'rtc-text-chat',
} satisfies Meta<Args>;

type Story = StoryObj<Args>;

const widget = html`<rtc-text-chat silent></rtc-text-chat>`;

export const Playground: Story = {
  args: { peer: 'Bob', 'auto-accept': '', silent: false, heading: '' },
  render: ({ peer, 'auto-accept': autoAccept, silent, heading }) =>
    scene({
      content: html`
        <rtc-text-chat
          peer=${peer || nothing}
          auto-accept=${autoAccept || nothing}
          ?silent=${silent}
        >
          ${heading ? html`<span slot="heading">${heading}</span>` : nothing}
        </rtc-text-chat>
      `,
      play: async ({ invite }) => {
        const bob = await invite('Bob', { accepts: true });
        // Bob agrees with everything.
        bob.addEventListener('rtc-message', async (event) => {
          bob.chat((event as RtcMessageEvent).from).send('Yes!');
        });
      },
    }),
};

export const Anatomy: Story = {
  render: () =>
    anatomy('rtc-text-chat', [
      {
        title: 'Before, and after',
        note: 'The messages themselves are rtc-conversation.',
        content: html`
          <rtc-text-chat silent><span slot="heading">Slot: heading</span></rtc-text-chat>
        `,
        play: ({ me }) => me.startChat('Bob'),
      },
      { title: 'In a chat', content: widget, play: chatWithBob },
    ]),
};

export const States: Story = {
  render: () =>
    states([
      ...callStates('chat', widget),
      { title: 'With messages', content: widget, play: chatWithBob },
      {
        title: 'On a call’s connection',
        note: 'With somebody one is in a call with, nobody has to be asked.',
        content: widget,
        play: async ({ callBob, me }) => {
          const { bob } = await callBob('voice');
          await talk(me, bob, [
            ['Bob', 'Here is the link: https://example.org/plan'],
            ['Ann', 'Thank you!'],
          ]);
        },
      },
      {
        title: 'Not sent',
        note: 'Written after the connection had gone: kept, and can be sent again.',
        content: widget,
        play: async (stage) => {
          const bob = await chatWithBob(stage);
          bob.logout();
          stage.me.chat('Bob').send('Are you still there?');
        },
      },
      {
        title: 'Several people',
        content: widget,
        play: async (stage) => {
          await chatWithBob(stage);
          const cem = await stage.invite('Cem', { accepts: true });
          const call = cem.call('Ann', 'chat')!;
          await stage.press('[part="accept"]');
          await new Promise((resolve) => call.addEventListener('change', resolve));
        },
      },
      ...endStates('chat', widget),
    ]),
};

export const Live: Story = {
  render: () =>
    live({
      hint: 'Press Call on Ann’s page: Bob’s accepts by itself. Then write: Enter sends, Shift+Enter breaks the line.',
      ann: html`<rtc-text-chat peer="Bob"></rtc-text-chat>`,
      bob: html`<rtc-text-chat peer="Ann" auto-accept="Ann"></rtc-text-chat>`,
    }),
};

export const Accessibility: Story = {
  render: () =>
    accessibility({
      scene: { content: widget, play: chatWithBob },
      keys: [
        ['Tab', 'To the messages, Message, Send'],
        ['↑, ↓', 'In the messages: scrolls'],
        ['Enter', 'In Message: sends'],
        ['Shift+Enter', 'In Message: breaks the line'],
      ],
      roles: [
        ['region', 'Chat'],
        ['heading', 'Chat', 'Level 2; the heading slot replaces it'],
        ['log', 'Messages'],
        ['textbox', 'Message'],
        ['button', 'Send, Send again, Hang up'],
        ['combobox', 'Conversation', 'Where there are several'],
      ],
      regions: [
        ['log', 'Each message as it comes'],
        ['alert', 'Who would like to chat'],
        ['status', 'Ringing …, why the chat ended'],
      ],
      notes: [
        'After a message is sent the focus stays in Message.',
        'While an input method composes a word, Enter belongs to it.',
      ],
    }),
};
