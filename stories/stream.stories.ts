import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import '../src/define/call-controls.js';
import '../src/define/dial.js';
import '../src/define/incoming-call.js';
import '../src/define/stream.js';
import { accessibility } from './helpers/accessibility.js';
import { anatomy } from './helpers/anatomy.js';
import { live } from './helpers/live.js';
import { common } from './helpers/meta.js';
import { refusedDevices } from './helpers/people.js';
import { scene } from './helpers/scene.js';
import { stoppedClock } from './helpers/stage.js';
import { states } from './helpers/states.js';

interface Args {
  party: 'remote' | 'local';
}

export default {
  ...common,
  title: 'Tags/rtc-stream',
  component: 'rtc-stream',
} satisfies Meta<Args>;

type Story = StoryObj<Args>;

const remote = html`<rtc-stream class="tile"></rtc-stream>`;
const local = html`<rtc-stream class="tile" party="local"></rtc-stream>`;

export const Playground: Story = {
  args: { party: 'remote' },
  render: ({ party }) =>
    scene({
      content: html`
        <div class="stack">
          <rtc-stream class="tile" party=${party}></rtc-stream>
          <rtc-call-controls></rtc-call-controls>
        </div>
      `,
      play: ({ callBob }) => callBob(),
    }),
};

export const Anatomy: Story = {
  render: () =>
    anatomy('rtc-stream', [
      { title: 'With a picture', content: local, play: ({ callBob }) => callBob() },
      { title: 'Without', content: local, play: ({ callBob }) => callBob('voice') },
    ]),
};

export const States: Story = {
  render: () =>
    states(
      [
        {
          title: 'Sound is blocked',
          note: 'The browser plays none before a gesture: one click turns it on.',
          content: remote,
          untouched: true,
          play: ({ callBob }) => callBob(),
        },
        { title: 'The other side', content: remote, play: ({ callBob }) => callBob() },
        {
          title: 'Microphone off there',
          content: remote,
          play: async ({ callBob }) => (await callBob()).theirs.setMicrophone(false),
        },
        {
          title: 'Camera off there',
          content: remote,
          play: async ({ callBob }) => (await callBob()).theirs.setCamera(false),
        },
        {
          title: 'Both off there',
          content: remote,
          play: async ({ callBob }) => {
            const { theirs } = await callBob();
            await theirs.setMicrophone(false);
            await theirs.setCamera(false);
          },
        },
        { title: 'A voice call', content: remote, play: ({ callBob }) => callBob('voice') },
        {
          title: 'Being called',
          content: remote,
          settings: { clock: stoppedClock },
          play: async ({ invite, me }) => {
            await invite('Bob');
            me.call('Bob', 'video');
          },
        },
        {
          title: 'Self view',
          note: 'Mirrored, and without one’s own sound.',
          content: local,
          play: ({ callBob }) => callBob(),
        },
        {
          title: 'Self view, camera off',
          content: local,
          play: async ({ callBob }) => (await callBob()).mine.setCamera(false),
        },
        {
          title: 'Self view, no devices',
          content: local,
          settings: { getUserMedia: refusedDevices('NotFoundError') },
          play: ({ callBob }) => callBob(),
        },
      ],
      true,
    ),
};

export const Live: Story = {
  render: () =>
    live({
      hint: 'Press Call on Ann’s page: Bob’s accepts by itself. Each page shows both parties.',
      ann: html`
        <rtc-dial peer="Bob"></rtc-dial>
        <rtc-stream class="picture"></rtc-stream>
        <rtc-stream class="self" party="local"></rtc-stream>
        <rtc-call-controls></rtc-call-controls>
      `,
      bob: html`
        <rtc-incoming-call auto-accept="Ann" silent></rtc-incoming-call>
        <rtc-stream class="picture"></rtc-stream>
        <rtc-stream class="self" party="local"></rtc-stream>
        <rtc-call-controls></rtc-call-controls>
      `,
    }),
};

export const Accessibility: Story = {
  render: () =>
    accessibility({
      scene: {
        content: local,
        play: async ({ callBob }) => (await callBob()).mine.setMicrophone(false),
      },
      roles: [
        ['video', 'The person’s name, or You'],
        ['button', 'Turn on sound', 'Only where the browser plays none yet'],
      ],
      regions: [['alert', 'This page may not play sound yet.']],
      notes: [
        'Microphone off and Camera off are words for a screen reader, icons for the eye.',
        'The initial that stands in for a picture is decoration: the name is beside it.',
      ],
    }),
};
