import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import '../src/define/inspector.js';
import '../src/define/video-call.js';
import { accessibility } from './helpers/accessibility.js';
import { anatomy } from './helpers/anatomy.js';
import { live } from './helpers/live.js';
import { common } from './helpers/meta.js';
import { scene } from './helpers/scene.js';
import { states } from './helpers/states.js';

interface Args {
  interval: number;
}

export default {
  ...common,
  title: 'Tags/rtc-inspector',
  component: 'rtc-inspector',
} satisfies Meta<Args>;

type Story = StoryObj<Args>;

const inspector = html`<rtc-inspector></rtc-inspector>`;

export const Playground: Story = {
  args: { interval: 1000 },
  render: ({ interval }) =>
    scene({
      content: html`
        <div class="stack">
          <rtc-video-call peer="Bob" silent></rtc-video-call>
          <rtc-inspector interval=${interval}></rtc-inspector>
        </div>
      `,
      play: ({ invite }) => invite('Bob', { accepts: true }),
    }),
};

export const Anatomy: Story = {
  render: () =>
    anatomy('rtc-inspector', [{ content: inspector, play: ({ callBob }) => callBob() }]),
};

export const States: Story = {
  render: () =>
    states([
      { title: 'No call', content: inspector },
      { title: 'A video call', content: inspector, play: ({ callBob }) => callBob('video') },
      { title: 'A chat', content: inspector, play: ({ callBob }) => callBob('chat') },
      {
        title: 'A call that is over',
        note: 'What was seen last stays.',
        content: inspector,
        play: async ({ callBob }) => (await callBob('voice')).mine.hangUp(),
      },
    ]),
};

export const Live: Story = {
  render: () =>
    live({
      hint: 'Press Call on Ann’s page: Bob’s accepts by itself. Turn a camera off, and watch what is sent.',
      ann: html`
        <rtc-video-call peer="Bob" silent></rtc-video-call>
        <rtc-inspector></rtc-inspector>
      `,
      bob: html`
        <rtc-video-call auto-accept="Ann" silent></rtc-video-call>
        <rtc-inspector></rtc-inspector>
      `,
    }),
};

export const Accessibility: Story = {
  render: () =>
    accessibility({
      scene: { content: inspector, play: ({ callBob }) => callBob() },
      keys: [
        ['Enter, Space', 'Opens a description, or explains a line of it'],
        ['Arrow keys', 'Scroll the time line'],
      ],
      roles: [
        ['img', 'Sent: 512 kbit/s now, between …', 'Each chart says what it shows'],
        ['table', 'Connection with Bob'],
        ['table', 'Candidates'],
        ['button', 'Copy report'],
      ],
      regions: [['status', 'Whether the report is copied']],
      notes: ['The charts change every second, and are read out only when asked for.'],
    }),
};
