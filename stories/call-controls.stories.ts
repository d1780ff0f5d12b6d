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
import { devicesBeingOpened } from './helpers/people.js';
import { scene } from './helpers/scene.js';
import { stoppedClock } from './helpers/stage.js';
import { states } from './helpers/states.js';

export default {
  ...common,
  title: 'Tags/rtc-call-controls',
  component: 'rtc-call-controls',
} satisfies Meta;

type Story = StoryObj;

const controls = html`<rtc-call-controls></rtc-call-controls>`;

export const Playground: Story = {
  render: () =>
    scene({
      content: html`
        <div class="stack">
          <rtc-dial peer="Bob"></rtc-dial>
          <rtc-stream class="tile" party="local"></rtc-stream>
          <rtc-call-controls></rtc-call-controls>
        </div>
      `,
      play: ({ callBob }) => callBob(),
    }),
};

export const Anatomy: Story = {
  render: () =>
    anatomy('rtc-call-controls', [{ content: controls, play: ({ callBob }) => callBob() }]),
};

export const States: Story = {
  render: () =>
    states([
      { title: 'No call', note: 'Nothing to see.', content: controls },
      {
        title: 'Ringing',
        note: 'One can already turn off what one does not want to be heard or seen by.',
        content: controls,
        settings: { clock: stoppedClock },
        play: async ({ invite, me }) => {
          await invite('Bob');
          me.call('Bob', 'video');
        },
      },
      { title: 'In a video call', content: controls, play: ({ callBob }) => callBob('video') },
      { title: 'In a voice call', content: controls, play: ({ callBob }) => callBob('voice') },
      {
        title: 'Microphone off',
        content: controls,
        play: async ({ callBob }) => (await callBob()).mine.setMicrophone(false),
      },
      {
        title: 'Camera off',
        content: controls,
        play: async ({ callBob }) => (await callBob()).mine.setCamera(false),
      },
      {
        title: 'Both off',
        content: controls,
        play: async ({ callBob }) => {
          const { mine } = await callBob();
          await mine.setMicrophone(false);
          await mine.setCamera(false);
        },
      },
      {
        title: 'Devices being opened',
        note: 'The browser asks whether the page may use them.',
        content: controls,
        settings: { getUserMedia: devicesBeingOpened },
        play: ({ callBob }) => callBob(),
      },
    ]),
};

export const Live: Story = {
  render: () =>
    live({
      hint: 'Press Call on Ann’s page: Bob’s accepts by itself. Turn microphone and camera off and on.',
      ann: html`
        <rtc-dial peer="Bob"></rtc-dial>
        <rtc-stream class="picture"></rtc-stream>
        <rtc-call-controls></rtc-call-controls>
      `,
      bob: html`
        <rtc-incoming-call auto-accept="Ann" silent></rtc-incoming-call>
        <rtc-stream class="picture"></rtc-stream>
        <rtc-call-controls></rtc-call-controls>
      `,
    }),
};

export const Accessibility: Story = {
  render: () =>
    accessibility({
      scene: { content: controls, play: ({ callBob }) => callBob() },
      keys: [
        ['Tab', 'From button to button'],
        ['Enter, Space', 'Presses the button'],
      ],
      roles: [
        ['group', 'Call controls'],
        ['button', 'Microphone', 'A toggle: pressed while one can be heard'],
        ['button', 'Camera', 'A toggle: pressed while one can be seen'],
        ['button', 'Hang up'],
      ],
      notes: [
        'Inside a widget the focus comes here when the call begins, so that it can be ended at once.',
        'Each button is at least 44 px high and wide.',
      ],
    }),
};
