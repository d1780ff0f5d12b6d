import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, nothing } from 'lit';
import '../src/define/call-controls.js';
import '../src/define/dial.js';
import '../src/define/incoming-call.js';
import '../src/define/stream.js';
import { accessibility } from './helpers/accessibility.js';
import { anatomy } from './helpers/anatomy.js';
import { live } from './helpers/live.js';
import { common } from './helpers/meta.js';
import { scene } from './helpers/scene.js';
import { states } from './helpers/states.js';

interface Args {
  kind: 'video' | 'voice' | 'chat';
  peer: string;
}

export default {
  ...common,
  title: 'Tags/rtc-dial',
  component: 'rtc-dial',
} satisfies Meta<Args>;

type Story = StoryObj<Args>;

const dial = html`<rtc-dial></rtc-dial>`;

export const Playground: Story = {
  args: { kind: 'video', peer: '' },
  render: ({ kind, peer }) =>
    scene({
      content: html`
        <div class="stack">
          <rtc-dial kind=${kind} peer=${peer || nothing}></rtc-dial>
          <rtc-call-controls></rtc-call-controls>
        </div>
      `,
      play: (stage) => stage.invite('Bob', { accepts: true }),
    }),
};

export const Anatomy: Story = {
  render: () =>
    anatomy('rtc-dial', [
      { title: 'Any name', content: dial, play: ({ press }) => press('button') },
      { title: 'One name', content: html`<rtc-dial peer="Bob"></rtc-dial>` },
    ]),
};

export const States: Story = {
  render: () =>
    states([
      { title: 'Signed out', as: '', content: dial },
      { title: 'Signed in', content: dial },
      {
        title: 'With people online',
        note: 'Those whose names begin with what is typed are offered; the server finds them.',
        content: dial,
        play: async ({ invite }) => {
          await invite('Bob');
          await invite('Cem');
        },
      },
      { title: 'No name', content: dial, play: ({ press }) => press('button') },
      { title: 'For one person', content: html`<rtc-dial peer="Bob"></rtc-dial>` },
      { title: 'For a voice call', content: html`<rtc-dial kind="voice"></rtc-dial>` },
      { title: 'For a chat', content: html`<rtc-dial kind="chat"></rtc-dial>` },
      {
        title: 'In a call',
        note: 'One call at a time.',
        content: dial,
        play: ({ callBob }) => callBob('voice'),
      },
      {
        title: 'For a long name',
        content: html`
          <rtc-dial
            peer="Dr. Maximiliane-Theodora von Rabenstein-Hohenfels zu Lichtenberg"
          ></rtc-dial>
        `,
      },
    ]),
};

export const Live: Story = {
  render: () =>
    live({
      hint: 'Press Call on Ann’s page: Bob’s accepts by itself. Each page is made of parts.',
      ann: html`
        <rtc-dial peer="Bob"></rtc-dial>
        <rtc-stream class="picture"></rtc-stream>
        <rtc-call-controls></rtc-call-controls>
      `,
      bob: html`
        <rtc-dial peer="Ann"></rtc-dial>
        <rtc-incoming-call auto-accept="Ann" silent></rtc-incoming-call>
        <rtc-stream class="picture"></rtc-stream>
        <rtc-call-controls></rtc-call-controls>
      `,
    }),
};

export const Accessibility: Story = {
  render: () =>
    accessibility({
      scene: {
        content: dial,
        play: ({ invite }) => invite('Bob'),
      },
      keys: [
        ['Tab', 'From the name to the button'],
        ['↓', 'Chooses among those who are online'],
        ['Enter', 'In the name or on the button: calls'],
      ],
      roles: [
        ['combobox', 'Username to call', 'Required; described by what is wrong with it'],
        ['button', 'Call', 'Disabled while signed out or in a call'],
      ],
      regions: [['alert', 'What is wrong with the name']],
      notes: ['With a name that cannot be, the focus goes back to the field.'],
    }),
};
