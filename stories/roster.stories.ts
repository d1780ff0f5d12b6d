import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import '../src/define/call-controls.js';
import '../src/define/roster.js';
import '../src/define/video-call.js';
import { accessibility } from './helpers/accessibility.js';
import { anatomy } from './helpers/anatomy.js';
import { live } from './helpers/live.js';
import { common } from './helpers/meta.js';
import { scene } from './helpers/scene.js';
import type { Stage } from './helpers/stage.js';
import { states } from './helpers/states.js';

interface Args {
  kind: 'video' | 'voice' | 'chat';
  limit: number;
}

export default {
  ...common,
  title: 'Tags/rtc-roster',
  component: 'rtc-roster',
  argTypes: { limit: { control: { type: 'number', min: 1, max: 200 } } },
} satisfies Meta<Args>;

type Story = StoryObj<Args>;

const roster = html`<rtc-roster></rtc-roster>`;
/** As with more than a hundred people online. */
const short = html`<rtc-roster limit="2"></rtc-roster>`;

async function people({ invite }: Stage): Promise<void> {
  for (const name of ['Bob', 'Cem', 'Dora']) await invite(name, { accepts: true });
}

export const Playground: Story = {
  args: { kind: 'video', limit: 100 },
  render: ({ kind, limit }) =>
    scene({
      content: html`
        <div class="stack">
          <rtc-roster kind=${kind} limit=${limit}></rtc-roster>
          <rtc-call-controls></rtc-call-controls>
        </div>
      `,
      play: people,
    }),
};

export const Anatomy: Story = {
  render: () =>
    anatomy('rtc-roster', [
      { title: 'Everybody listed', content: roster, play: people },
      { title: 'More than are listed', content: short, play: people },
    ]),
};

export const States: Story = {
  render: () =>
    states([
      { title: 'Signed out', as: '', content: roster },
      { title: 'Nobody else online', content: roster },
      { title: 'People online', content: roster, play: people },
      {
        title: 'More online than are listed',
        note: 'The field searches among all of them. Here two are listed, by default a hundred.',
        content: short,
        play: people,
      },
      {
        title: 'In a call',
        note: 'One call at a time.',
        content: roster,
        play: async (stage) => {
          await stage.invite('Cem');
          await stage.callBob('voice');
        },
      },
      {
        title: 'Long names, other scripts',
        content: roster,
        play: async ({ invite }) => {
          await invite('Dr. Maximiliane-Theodora von Rabenstein-Hohenfels zu Lichtenberg');
          await invite('דנה');
          await invite('山田花子');
        },
      },
    ]),
};

export const Live: Story = {
  render: () =>
    live({
      hint: 'Each sees the other come online. Press Call beside a name.',
      ann: html`<rtc-roster></rtc-roster
        ><rtc-video-call auto-accept="Bob" silent></rtc-video-call>`,
      bob: html`<rtc-roster></rtc-roster
        ><rtc-video-call auto-accept="Ann" silent></rtc-video-call>`,
    }),
};

export const Accessibility: Story = {
  render: () =>
    accessibility({
      scene: { content: roster, play: people },
      keys: [
        ['Tab', 'From the search, where there is one, to each button'],
        ['Enter, Space', 'Calls'],
      ],
      roles: [
        ['searchbox', 'Search', 'Only where more people are online than are listed'],
        ['list', 'Online'],
        ['button', 'Call Bob', 'One for each person, named after them'],
      ],
      regions: [['status', 'How many a search has found, once']],
      notes: ['Who comes and goes is not read out: a busy roster would never be silent.'],
    }),
};
