import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import '../src/define/media-explorer.js';
import '../src/define/video-call.js';
import { accessibility } from './helpers/accessibility.js';
import { anatomy } from './helpers/anatomy.js';
import { live } from './helpers/live.js';
import { common } from './helpers/meta.js';
import { devicesBeingOpened, refusedDevices } from './helpers/people.js';
import { scene } from './helpers/scene.js';
import type { Stage } from './helpers/stage.js';
import { states } from './helpers/states.js';

export default {
  ...common,
  title: 'Tags/rtc-media-explorer',
  component: 'rtc-media-explorer',
} satisfies Meta;

type Story = StoryObj;

const explorer = html`<rtc-media-explorer></rtc-media-explorer>`;

const open = ({ press }: Stage) => press('.primary');

export const Playground: Story = { render: () => scene({ content: explorer, as: '' }) };

export const Anatomy: Story = {
  render: () => anatomy('rtc-media-explorer', [{ content: explorer, as: '', play: open }]),
};

export const States: Story = {
  render: () =>
    states([
      { title: 'Nothing open', content: explorer, as: '' },
      {
        title: 'The browser asks',
        content: explorer,
        as: '',
        settings: { getUserMedia: devicesBeingOpened },
        play: open,
      },
      { title: 'Open', content: explorer, as: '', play: open },
      {
        title: 'Blocked',
        content: explorer,
        as: '',
        settings: { getUserMedia: refusedDevices('NotAllowedError') },
        play: open,
      },
    ]),
};

export const Live: Story = {
  render: () =>
    live({
      hint: 'What Ann explores is a stream of its own: the call beside it goes on.',
      ann: html`
        <rtc-media-explorer></rtc-media-explorer>
        <rtc-video-call peer="Bob" silent></rtc-video-call>
      `,
      bob: html`<rtc-video-call auto-accept="Ann" silent></rtc-video-call>`,
    }),
};

export const Accessibility: Story = {
  render: () =>
    accessibility({
      scene: { content: explorer, as: '', play: open },
      keys: [
        ['Tab', 'From button to button'],
        ['Enter, Space', 'Calls the method'],
      ],
      roles: [
        ['button', 'getTracks()', 'Each method by its name'],
        ['table', 'Video track', 'One for each track'],
        ['textbox', 'Constraints as JSON'],
        ['region', 'Time line, the latest first', 'Scrolls by the arrow keys'],
      ],
      regions: [['status', 'What the last method gave']],
    }),
};
