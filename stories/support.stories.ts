import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import '../src/define/support.js';
import '../src/define/video-call.js';
import { accessibility } from './helpers/accessibility.js';
import { anatomy } from './helpers/anatomy.js';
import { live } from './helpers/live.js';
import { common } from './helpers/meta.js';
import { refusedDevices } from './helpers/people.js';
import { scene } from './helpers/scene.js';
import type { Stage } from './helpers/stage.js';
import { states } from './helpers/states.js';

interface Args {
  iceServers: string;
}

export default {
  ...common,
  title: 'Tags/rtc-support',
  component: 'rtc-support',
} satisfies Meta<Args>;

type Story = StoryObj<Args>;

const support = html`<rtc-support></rtc-support>`;

const check = ({ press }: Stage) => press('.primary');

export const Playground: Story = {
  args: { iceServers: '' },
  render: ({ iceServers }) =>
    scene({ content: html`<rtc-support ice-servers=${iceServers}></rtc-support>`, as: '' }),
};

export const Anatomy: Story = {
  render: () => anatomy('rtc-support', [{ content: support, as: '', play: check }]),
};

export const States: Story = {
  render: () =>
    states(
      [
        { title: 'Before the check', content: support, as: '' },
        { title: 'After it', content: support, as: '', play: check },
        {
          title: 'Camera and microphone blocked',
          content: support,
          as: '',
          settings: { getUserMedia: refusedDevices('NotAllowedError') },
          play: check,
        },
        {
          title: 'A relay that does not answer',
          content: html`<rtc-support
            ice-servers='[{"urls":"turn:127.0.0.1:9","username":"x","credential":"x"}]'
            .options=${{ gathering: 1000 }}
          ></rtc-support>`,
          as: '',
          play: check,
        },
        {
          title: 'A list of servers that is none',
          content: html`<rtc-support ice-servers="nonsense"></rtc-support>`,
          as: '',
          play: check,
        },
      ],
      true,
    ),
};

export const Live: Story = {
  render: () =>
    live({
      hint: 'Check the connection, then press Call on Ann’s page: Bob’s accepts by itself.',
      ann: html`<rtc-support></rtc-support><rtc-video-call peer="Bob" silent></rtc-video-call>`,
      bob: html`<rtc-video-call auto-accept="Ann" silent></rtc-video-call>`,
    }),
};

export const Accessibility: Story = {
  render: () =>
    accessibility({
      scene: { content: support, as: '', play: check },
      keys: [['Enter, Space', 'Checks the connection']],
      roles: [
        ['button', 'Check the connection'],
        ['table', 'What the check found'],
        ['table', 'This browser and page'],
      ],
      regions: [['status', 'What the check comes to']],
      notes: ['Each outcome is said in a word, beside its colour.'],
    }),
};
