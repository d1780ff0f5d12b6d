import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import '../src/define/peer-explorer.js';
import { accessibility } from './helpers/accessibility.js';
import { anatomy } from './helpers/anatomy.js';
import { live } from './helpers/live.js';
import { common } from './helpers/meta.js';
import { scene } from './helpers/scene.js';
import type { Stage } from './helpers/stage.js';
import { states } from './helpers/states.js';

interface Args {
  mode: 'alone' | 'together';
}

export default {
  ...common,
  title: 'Tags/rtc-peer-explorer',
  component: 'rtc-peer-explorer',
} satisfies Meta<Args>;

type Story = StoryObj<Args>;

const alone = html`<rtc-peer-explorer></rtc-peer-explorer>`;
const together = html`<rtc-peer-explorer mode="together" silent></rtc-peer-explorer>`;

const establish = ({ press }: Stage) => press('.primary');

const step = async ({ press }: Stage) => press('.primary + button');

export const Playground: Story = {
  args: { mode: 'alone' },
  render: ({ mode }) =>
    scene({
      content: html`<rtc-peer-explorer mode=${mode} silent></rtc-peer-explorer>`,
      play: ({ invite }) => invite('Bob', { accepts: true }),
    }),
};

export const Anatomy: Story = {
  render: () => anatomy('rtc-peer-explorer', [{ content: alone, as: '', play: establish }]),
};

export const States: Story = {
  render: () =>
    states([
      { title: 'Before the first step', content: alone, as: '' },
      { title: 'After the first step', content: alone, as: '', play: step },
      { title: 'Both ends on this page, connected', content: alone, as: '', play: establish },
      { title: 'Signed out', content: together, as: '' },
      {
        title: 'Somebody calls',
        content: together,
        play: ({ ringFromBob }) => ringFromBob('chat'),
      },
      {
        title: 'With another person, step by step',
        content: html`<rtc-peer-explorer mode="together" peer="Bob" silent></rtc-peer-explorer>`,
        play: async ({ invite, press }) => {
          await invite('Bob');
          await press('.primary + button');
        },
      },
      { title: 'With another person', content: together, play: ({ callBob }) => callBob('voice') },
    ]),
};

export const Live: Story = {
  render: () =>
    live({
      hint: 'On Ann’s page, name Bob and press Establish connection; accept on Bob’s.',
      ann: html`<rtc-peer-explorer mode="together" peer="Bob" silent></rtc-peer-explorer>`,
      bob: html`<rtc-peer-explorer mode="together" auto-accept="Ann" silent></rtc-peer-explorer>`,
    }),
};

export const Accessibility: Story = {
  render: () =>
    accessibility({
      scene: { content: alone, as: '', play: establish },
      keys: [
        ['Enter, Space', 'Takes a step, opens a description, explains a line of it'],
        ['Arrow keys', 'Scroll the time line'],
      ],
      roles: [
        ['button', 'Establish connection'],
        ['button', 'Next step'],
        ['table', 'States A', 'One for each end'],
        ['log', 'Received messages'],
        ['meter', 'bufferedAmount'],
      ],
      regions: [
        ['status', 'Which step is next, or what it waits for; what a method gave'],
        ['alert', 'What went wrong with a step or a device'],
      ],
    }),
};
