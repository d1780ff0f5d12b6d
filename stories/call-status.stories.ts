import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import '../src/define/call-controls.js';
import '../src/define/call-status.js';
import '../src/define/dial.js';
import '../src/define/incoming-call.js';
import '../src/define/stream.js';
import { accessibility } from './helpers/accessibility.js';
import { anatomy } from './helpers/anatomy.js';
import { callStates, endStates, refusalStates } from './helpers/call-states.js';
import { live } from './helpers/live.js';
import { common } from './helpers/meta.js';
import { refusedDevices } from './helpers/people.js';
import { scene } from './helpers/scene.js';
import { states } from './helpers/states.js';

interface Args {
  'hide-connected': boolean;
}

export default {
  ...common,
  title: 'Tags/rtc-call-status',
  component: 'rtc-call-status',
} satisfies Meta<Args>;

type Story = StoryObj<Args>;

/** A page laid out from parts: without the bell and the controls it could take and end no call. */
const parts = html`
  <rtc-call-status></rtc-call-status>
  <rtc-incoming-call silent></rtc-incoming-call>
  <rtc-call-controls></rtc-call-controls>
`;

export const Playground: Story = {
  args: { 'hide-connected': false },
  render: ({ 'hide-connected': hideConnected }) =>
    scene({
      content: html`
        <div class="stack">
          <rtc-dial peer="Bob"></rtc-dial>
          <rtc-call-status ?hide-connected=${hideConnected}></rtc-call-status>
          <rtc-call-controls></rtc-call-controls>
        </div>
      `,
      play: ({ invite }) => invite('Bob', { accepts: true }),
    }),
};

export const Anatomy: Story = {
  render: () =>
    anatomy('rtc-call-status', [
      {
        content: parts,
        settings: { getUserMedia: refusedDevices('NotFoundError') },
        play: ({ callBob }) => callBob(),
      },
    ]),
};

export const States: Story = {
  render: () =>
    states([
      ...callStates('voice', parts),
      ...refusalStates('voice', parts),
      ...endStates('voice', parts),
    ]),
};

export const Live: Story = {
  render: () =>
    live({
      hint: 'Press Call on Ann’s page: Bob’s accepts by itself. Each page says how the call stands.',
      ann: html`
        <rtc-dial peer="Bob"></rtc-dial>
        <rtc-call-status></rtc-call-status>
        <rtc-stream class="picture"></rtc-stream>
        <rtc-call-controls></rtc-call-controls>
      `,
      bob: html`
        <rtc-incoming-call auto-accept="Ann" silent></rtc-incoming-call>
        <rtc-call-status></rtc-call-status>
        <rtc-stream class="picture"></rtc-stream>
        <rtc-call-controls></rtc-call-controls>
      `,
    }),
};

export const Accessibility: Story = {
  render: () =>
    accessibility({
      scene: { content: parts, play: ({ callBob }) => callBob('voice') },
      regions: [
        ['status', 'Ringing …, Connecting …, Connected with …, Reconnecting…, why the call ended'],
        ['alert', 'What is wrong with the camera or the microphone'],
      ],
      notes: [
        'Each change is said once. An incoming call is announced by the tag in which it rings.',
        'With hide-connected the words are out of sight during the call, and are read out all the same.',
      ],
    }),
};
