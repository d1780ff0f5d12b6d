import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, nothing } from 'lit';
import '../src/define/conversation.js';
import '../src/define/dial.js';
import '../src/define/incoming-call.js';
import { accessibility } from './helpers/accessibility.js';
import { anatomy } from './helpers/anatomy.js';
import { chatWithBob, talk } from './helpers/chat-states.js';
import { live } from './helpers/live.js';
import { common } from './helpers/meta.js';
import { scene } from './helpers/scene.js';
import { states } from './helpers/states.js';

interface Args {
  peer: string;
}

export default {
  ...common,
  title: 'Tags/rtc-conversation',
  component: 'rtc-conversation',
} satisfies Meta<Args>;

type Story = StoryObj<Args>;

const conversation = html`<rtc-conversation></rtc-conversation>`;

export const Playground: Story = {
  args: { peer: 'Bob' },
  render: ({ peer }) =>
    scene({
      content: html`<rtc-conversation peer=${peer || nothing}></rtc-conversation>`,
      play: chatWithBob,
    }),
};

export const Anatomy: Story = {
  render: () => anatomy('rtc-conversation', [{ content: conversation, play: chatWithBob }]),
};

export const States: Story = {
  render: () =>
    states([
      {
        title: 'Nobody yet',
        note: 'Nothing to see until there is somebody to write to.',
        content: conversation,
      },
      {
        title: 'No messages yet',
        content: conversation,
        play: ({ callBob }) => callBob('chat'),
      },
      { title: 'Messages', content: conversation, play: chatWithBob },
      {
        title: 'Not sent',
        content: conversation,
        play: async (stage) => {
          const bob = await chatWithBob(stage);
          bob.logout();
          stage.me.chat('Bob').send('Are you still there?');
        },
      },
      {
        title: 'Long words, other scripts',
        content: conversation,
        play: async ({ callBob, me }) => {
          const { bob } = await callBob('chat');
          await talk(me, bob, [
            ['Bob', `https://example.org/${'a-long-path/'.repeat(8)}`],
            ['Ann', 'Grüße! Καλημέρα'],
            ['Bob', 'שלום! מה שלומך היום?'],
            ['Ann', 'مرحبا بالعالم'],
          ]);
        },
      },
    ]),
};

export const Live: Story = {
  render: () =>
    live({
      hint: 'Press Call on Ann’s page: Bob’s accepts by itself. Then write to each other.',
      ann: html`
        <rtc-dial kind="chat" peer="Bob"></rtc-dial>
        <rtc-conversation></rtc-conversation>
      `,
      bob: html`
        <rtc-incoming-call kinds="chat" auto-accept="Ann" silent></rtc-incoming-call>
        <rtc-conversation></rtc-conversation>
      `,
    }),
};

export const Accessibility: Story = {
  render: () =>
    accessibility({
      scene: { content: conversation, play: chatWithBob },
      keys: [
        ['Tab', 'To the messages, Message, Send'],
        ['↑, ↓', 'In the messages: scrolls'],
        ['Enter', 'In Message: sends'],
        ['Shift+Enter', 'In Message: breaks the line'],
      ],
      roles: [
        ['log', 'Messages'],
        ['textbox', 'Message'],
        ['button', 'Send, Send again'],
      ],
      regions: [['log', 'Each message as it comes: name, then text']],
      notes: [
        'Whose message it is stands in words, not only in its side and colour.',
        'Each text has the direction of its own script.',
      ],
    }),
};
