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
  kinds: string;
  'auto-accept': string;
  silent: boolean;
}

export default {
  ...common,
  title: 'Tags/rtc-incoming-call',
  component: 'rtc-incoming-call',
} satisfies Meta<Args>;

type Story = StoryObj<Args>;

const silent = html`<rtc-incoming-call kinds="video voice chat" silent></rtc-incoming-call>`;

export const Playground: Story = {
  args: { kinds: 'video voice', 'auto-accept': '', silent: false },
  render: (args) =>
    scene({
      content: html`
        <rtc-incoming-call
          kinds=${args.kinds}
          auto-accept=${args['auto-accept'] || nothing}
          ?silent=${args.silent}
        ></rtc-incoming-call>
        <rtc-call-controls></rtc-call-controls>
      `,
      play: (stage) => stage.ringFromBob(),
    }),
};

export const Anatomy: Story = {
  render: () =>
    anatomy('rtc-incoming-call', [{ content: silent, play: ({ ringFromBob }) => ringFromBob() }]),
};

export const States: Story = {
  render: () =>
    states([
      { title: 'Quiet', note: 'Nothing to see until somebody calls.', content: silent },
      { title: 'A video call', content: silent, play: ({ ringFromBob }) => ringFromBob('video') },
      { title: 'A voice call', content: silent, play: ({ ringFromBob }) => ringFromBob('voice') },
      { title: 'A chat', content: silent, play: ({ ringFromBob }) => ringFromBob('chat') },
      {
        title: 'Sound is blocked',
        note: 'It rings to be seen, and offers to be heard.',
        content: html`<rtc-incoming-call></rtc-incoming-call>`,
        untouched: true,
        play: ({ ringFromBob }) => ringFromBob(),
      },
      {
        title: 'A long name',
        content: silent,
        play: async ({ invite }) => {
          const name = 'Dr. Maximiliane-Theodora von Rabenstein-Hohenfels zu Lichtenberg';
          (await invite(name)).call('Ann', 'video');
        },
      },
    ]),
};

export const Live: Story = {
  render: () =>
    live({
      hint: 'Press Call on Ann’s page, and Accept or Decline on Bob’s.',
      ann: html`
        <rtc-dial peer="Bob"></rtc-dial>
        <rtc-stream class="picture"></rtc-stream>
        <rtc-call-controls></rtc-call-controls>
      `,
      bob: html`
        <rtc-incoming-call></rtc-incoming-call>
        <rtc-stream class="picture"></rtc-stream>
        <rtc-call-controls></rtc-call-controls>
      `,
    }),
};

export const Accessibility: Story = {
  render: () =>
    accessibility({
      scene: { content: silent, play: ({ ringFromBob }) => ringFromBob() },
      keys: [
        ['Tab', 'From Accept to Decline'],
        ['Enter, Space', 'Presses the button'],
      ],
      roles: [
        ['button', 'Accept', 'Disabled once pressed'],
        ['button', 'Decline'],
        ['button', 'Turn on sound', 'Only where the browser plays none yet'],
      ],
      regions: [['alert', 'Who calls, and for what']],
      notes: [
        'The region is there before it has something to say, so that it is read out at once.',
        'It does not take the focus from where one is writing.',
        'With reduced motion asked for, nothing pulses.',
      ],
    }),
};
