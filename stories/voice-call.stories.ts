import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, nothing } from 'lit';
import '../src/define/call-meter.js';
import '../src/define/voice-call.js';
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
  title: 'Tags/rtc-voice-call',
  component: 'rtc-voice-call',
} satisfies Meta<Args>;

type Story = StoryObj<Args>;

const widget = html`<rtc-voice-call silent></rtc-voice-call>`;

export const Playground: Story = {
  args: { peer: 'Bob', 'auto-accept': '', silent: false, heading: '' },
  render: ({ peer, 'auto-accept': autoAccept, silent, heading }) =>
    scene({
      content: html`
        <rtc-voice-call
          peer=${peer || nothing}
          auto-accept=${autoAccept || nothing}
          ?silent=${silent}
        >
          ${heading ? html`<span slot="heading">${heading}</span>` : nothing}
        </rtc-voice-call>
      `,
      play: ({ invite }) => invite('Bob', { accepts: true }),
    }),
};

export const Anatomy: Story = {
  render: () =>
    anatomy('rtc-voice-call', [
      { title: 'In a call', content: widget, play: ({ callBob }) => callBob('voice') },
      {
        title: 'Before, and after',
        content: html`
          <rtc-voice-call silent><span slot="heading">Slot: heading</span></rtc-voice-call>
        `,
        play: ({ me }) => me.call('Bob', 'voice'),
      },
    ]),
};

export const States: Story = {
  render: () =>
    states(
      [
        ...callStates('voice', widget),
        {
          title: 'Microphone off',
          content: widget,
          play: async ({ callBob }) => (await callBob('voice')).mine.setMicrophone(false),
        },
        {
          title: 'Microphone off there',
          content: widget,
          play: async ({ callBob }) => (await callBob('voice')).theirs.setMicrophone(false),
        },
        ...refusalStates('voice', widget),
        ...endStates('voice', widget),
      ],
      true,
    ),
};

export const Live: Story = {
  render: () =>
    live({
      hint: 'Press Call on Ann’s page: Bob’s accepts by itself. The bar follows what each hears of the other: a soft tone, as their microphones are synthetic.',
      ann: html`<rtc-voice-call peer="Bob"></rtc-voice-call>`,
      bob: html`<rtc-voice-call peer="Ann" auto-accept="Ann"></rtc-voice-call>`,
    }),
};

export const Accessibility: Story = {
  render: () =>
    accessibility({
      scene: { content: widget, play: ({ ringFromBob }) => ringFromBob('voice') },
      keys: [
        ['Tab', 'Through the name, Call; then the controls of the call'],
        ['Enter, Space', 'Presses the button'],
      ],
      roles: [
        ['region', 'Voice call'],
        ['heading', 'Voice call', 'Level 2; the heading slot replaces it'],
        ['combobox', 'Username to call'],
        ['button', 'Call, Accept, Decline, Hang up'],
        ['button', 'Microphone', 'A toggle'],
        ['meter', 'Loudness', '0 to 100'],
        ['timer', 'Duration'],
      ],
      regions: [
        ['alert', 'Who calls; what is wrong with one’s microphone'],
        ['status', 'Ringing …, Connecting …, Connected with …, why the call ended'],
      ],
      notes: [
        'The focus stays in the widget: from Call or Accept it goes to Hang up, and from there back to where the next call begins.',
        'Loudness and duration change all the time and are read out only when asked for.',
      ],
    }),
};
