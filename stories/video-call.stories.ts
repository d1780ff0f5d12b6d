import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, nothing } from 'lit';
import '../src/define/video-call.js';
import { accessibility } from './helpers/accessibility.js';
import { anatomy } from './helpers/anatomy.js';
import { callStates, endStates, refusalStates } from './helpers/call-states.js';
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
  title: 'Tags/rtc-video-call',
  component: 'rtc-video-call',
} satisfies Meta<Args>;

type Story = StoryObj<Args>;

const widget = html`<rtc-video-call silent></rtc-video-call>`;

export const Playground: Story = {
  args: { peer: 'Bob', 'auto-accept': '', silent: false, heading: '' },
  render: ({ peer, 'auto-accept': autoAccept, silent, heading }) =>
    scene({
      content: html`
        <rtc-video-call
          peer=${peer || nothing}
          auto-accept=${autoAccept || nothing}
          ?silent=${silent}
        >
          ${heading ? html`<span slot="heading">${heading}</span>` : nothing}
        </rtc-video-call>
      `,
      play: ({ invite }) => invite('Bob', { accepts: true }),
    }),
};

export const Anatomy: Story = {
  render: () =>
    anatomy('rtc-video-call', [
      { title: 'In a call', content: widget, play: ({ callBob }) => callBob() },
      {
        title: 'Before, and after',
        content: html`
          <rtc-video-call silent><span slot="heading">Slot: heading</span></rtc-video-call>
        `,
        play: ({ me }) => me.call('Bob', 'video'),
      },
    ]),
};

export const States: Story = {
  render: () =>
    states(
      [
        ...callStates('video', widget),
        {
          title: 'Microphone off',
          content: widget,
          play: async ({ callBob }) => (await callBob()).mine.setMicrophone(false),
        },
        {
          title: 'Camera off',
          content: widget,
          play: async ({ callBob }) => (await callBob()).mine.setCamera(false),
        },
        {
          title: 'Camera and microphone off there',
          content: widget,
          play: async ({ callBob }) => {
            const { theirs } = await callBob();
            await theirs.setMicrophone(false);
            await theirs.setCamera(false);
          },
        },
        {
          title: 'A voice call',
          note: 'Taken here where no rtc-voice-call is.',
          content: widget,
          play: ({ callBob }) => callBob('voice'),
        },
        ...refusalStates('video', widget),
        ...endStates('video', widget),
      ],
      true,
    ),
};

export const Live: Story = {
  render: () =>
    live({
      hint: 'Press Call on Ann’s page: Bob’s accepts by itself. Hang up, and call again from Bob’s: there Ann is asked.',
      ann: html`<rtc-video-call peer="Bob"></rtc-video-call>`,
      bob: html`<rtc-video-call peer="Ann" auto-accept="Ann"></rtc-video-call>`,
    }),
};

export const Accessibility: Story = {
  render: () =>
    accessibility({
      scene: { content: widget, play: ({ ringFromBob }) => ringFromBob() },
      keys: [
        ['Tab', 'Through the name, Call; then the controls of the call'],
        ['Enter, Space', 'Presses the button'],
      ],
      roles: [
        ['region', 'Video call'],
        ['heading', 'Video call', 'Level 2; the heading slot replaces it'],
        ['combobox', 'Username to call'],
        ['button', 'Call, Accept, Decline, Hang up'],
        ['button', 'Microphone, Camera', 'Toggles'],
      ],
      regions: [
        ['alert', 'Who calls; what is wrong with one’s devices'],
        ['status', 'Ringing …, Connecting …, Connected with …, why the call ended'],
      ],
      notes: [
        'The focus stays in the widget: from Call or Accept it goes to Hang up, and from there back to where the next call begins.',
        'The whole call can be made, accepted and ended by keyboard.',
      ],
    }),
};
