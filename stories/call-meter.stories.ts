import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import '../src/define/call-controls.js';
import '../src/define/call-meter.js';
import '../src/define/dial.js';
import '../src/define/incoming-call.js';
import '../src/define/stream.js';
import { accessibility } from './helpers/accessibility.js';
import { anatomy } from './helpers/anatomy.js';
import { live } from './helpers/live.js';
import { common } from './helpers/meta.js';
import { scene } from './helpers/scene.js';
import { states } from './helpers/states.js';

export default {
  ...common,
  title: 'Tags/rtc-call-meter',
  component: 'rtc-call-meter',
} satisfies Meta;

type Story = StoryObj;

const meter = html`<rtc-call-meter></rtc-call-meter>`;

/** Loudness is that of what is played. */
const heard = html`
  <rtc-stream class="sound"></rtc-stream>
  <rtc-call-meter></rtc-call-meter>
`;

export const Playground: Story = {
  render: () =>
    scene({
      content: html`
        <div class="stack">
          <rtc-dial kind="voice" peer="Bob"></rtc-dial>
          <rtc-stream class="sound"></rtc-stream>
          <rtc-call-meter></rtc-call-meter>
          <rtc-call-controls></rtc-call-controls>
        </div>
      `,
      play: ({ invite }) => invite('Bob', { accepts: true }),
    }),
};

export const Anatomy: Story = {
  render: () =>
    anatomy('rtc-call-meter', [{ content: meter, play: ({ callBob }) => callBob('voice') }]),
};

export const States: Story = {
  render: () =>
    states(
      [
        { title: 'No call', note: 'Nothing to see.', content: meter },
        { title: 'They speak', content: heard, play: ({ callBob }) => callBob('voice') },
        {
          title: 'Silence',
          content: heard,
          play: async ({ callBob }) => (await callBob('voice')).theirs.setMicrophone(false),
        },
      ],
      true,
    ),
};

export const Live: Story = {
  render: () =>
    live({
      hint: 'Press Call on Ann’s page: Bob’s accepts by itself. Turn a microphone off: the other side’s bar stands still.',
      ann: html`
        <rtc-dial kind="voice" peer="Bob"></rtc-dial>
        <rtc-stream class="sound"></rtc-stream>
        <rtc-call-meter></rtc-call-meter>
        <rtc-call-controls></rtc-call-controls>
      `,
      bob: html`
        <rtc-incoming-call auto-accept="Ann" silent></rtc-incoming-call>
        <rtc-stream class="sound"></rtc-stream>
        <rtc-call-meter></rtc-call-meter>
        <rtc-call-controls></rtc-call-controls>
      `,
    }),
};

export const Accessibility: Story = {
  render: () =>
    accessibility({
      scene: { content: meter, play: ({ callBob }) => callBob('voice') },
      roles: [
        ['meter', 'Loudness', '0 to 100'],
        ['timer', 'Duration', 'Minutes and seconds'],
      ],
      notes: [
        'Both change all the time and are read out only when asked for: neither is a live region that speaks by itself.',
        'In forced colours the bar keeps its own colour.',
      ],
    }),
};
