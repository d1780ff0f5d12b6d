import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, nothing } from 'lit';
import '../src/define/login.js';
import '../src/define/video-call.js';
import { accessibility } from './helpers/accessibility.js';
import { anatomy } from './helpers/anatomy.js';
import { live } from './helpers/live.js';
import { common } from './helpers/meta.js';
import { scene } from './helpers/scene.js';
import { stoppedClock } from './helpers/stage.js';
import { states } from './helpers/states.js';

interface Args {
  name: string;
  auto: boolean;
}

export default {
  ...common,
  title: 'Tags/rtc-login',
  component: 'rtc-login',
} satisfies Meta<Args>;

type Story = StoryObj<Args>;

const login = html`<rtc-login></rtc-login>`;

export const Playground: Story = {
  args: { name: 'Ann', auto: false },
  render: ({ name, auto }) =>
    scene({
      as: '',
      content: html`<rtc-login name=${name || nothing} ?auto=${auto}></rtc-login>`,
    }),
};

export const Anatomy: Story = {
  render: () =>
    anatomy('rtc-login', [
      {
        title: 'Signed out',
        as: '',
        content: login,
        play: (stage) => stage.press('button'),
      },
      { title: 'Signed in', content: login },
    ]),
};

export const States: Story = {
  render: () =>
    states([
      { title: 'Signed out', as: '', content: login },
      {
        title: 'With a name to begin with',
        as: '',
        content: html`<rtc-login name="Ann"></rtc-login>`,
      },
      {
        title: 'Signing in',
        as: '',
        content: html`<rtc-login name="Ann"></rtc-login>`,
        play: async ({ wire, press }) => {
          await wire.silence();
          await press('button');
        },
      },
      { title: 'Signed in', content: login },
      {
        title: 'Reconnecting',
        content: login,
        settings: { clock: stoppedClock },
        play: ({ wire }) => wire.cut('Ann'),
      },
      { title: 'No name', as: '', content: login, play: ({ press }) => press('button') },
      {
        title: 'Name taken',
        as: '',
        content: html`<rtc-login name="Ann"></rtc-login>`,
        play: async ({ invite, press }) => {
          await invite('Ann');
          await press('button');
        },
      },
      {
        title: 'Server out of reach',
        as: '',
        content: html`
          <rtc-provider server="ws://["><rtc-login name="Ann" auto></rtc-login></rtc-provider>
        `,
      },
      {
        title: 'No provider',
        note: 'What the page’s author sees.',
        as: '',
        content: html`<rtc-login provider="nobody"></rtc-login>`,
      },
      {
        title: 'A long name',
        as: 'Dr. Maximiliane-Theodora von Rabenstein-Hohenfels zu Lichtenberg',
        content: login,
      },
    ]),
};

export const Live: Story = {
  render: () =>
    live({
      hint: 'Both have signed in by themselves (name and auto). Press Call on Ann’s page; sign out, and sign in under another name.',
      signIn: false,
      ann: html`
        <rtc-login name="Ann" auto></rtc-login>
        <rtc-video-call peer="Bob" silent></rtc-video-call>
      `,
      bob: html`
        <rtc-login name="Bob" auto></rtc-login>
        <rtc-video-call auto-accept="*" silent></rtc-video-call>
      `,
    }),
};

export const Accessibility: Story = {
  render: () =>
    accessibility({
      scene: { as: '', content: login },
      keys: [
        ['Tab', 'From the name to the button'],
        ['Enter', 'In the name or on the button: signs in'],
      ],
      roles: [
        ['textbox', 'Username', 'Required; described by what is wrong with it, and then invalid'],
        ['button', 'Sign in', 'Disabled while the answer is awaited'],
        ['button', 'Sign out', 'Once signed in'],
      ],
      regions: [
        ['alert', 'Why signing in failed'],
        ['status', 'Signed in as …, Reconnecting…'],
      ],
      notes: [
        'Form and person take each other’s place: the focus goes on to Sign out, or back to Username.',
        'Password managers know the field by autocomplete="username".',
      ],
    }),
};
