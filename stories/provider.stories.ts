import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, nothing } from 'lit';
import '../src/define/login.js';
import '../src/define/provider.js';
import '../src/define/video-call.js';
import { Session } from '../src/core/session.js';
import { accessibility } from './helpers/accessibility.js';
import { anatomy } from './helpers/anatomy.js';
import { eventLog } from './helpers/event-log.js';
import { live } from './helpers/live.js';
import { common } from './helpers/meta.js';
import { devicesOf } from './helpers/people.js';
import { scene } from './helpers/scene.js';
import { stoppedClock } from './helpers/stage.js';
import { states } from './helpers/states.js';

interface Args {
  server: string;
  'ice-servers': string;
  'max-video': string;
  'ring-timeout': number;
}

export default {
  ...common,
  title: 'Tags/rtc-provider',
  component: 'rtc-provider',
} satisfies Meta<Args>;

type Story = StoryObj<Args>;

const login = html`<rtc-login></rtc-login>`;

export const Playground: Story = {
  args: { server: '', 'ice-servers': '', 'max-video': '', 'ring-timeout': 45 },
  render: (args) =>
    scene({
      as: '',
      content: (server) => html`
        <rtc-provider
          server=${args.server || server}
          ice-servers=${args['ice-servers'] || nothing}
          max-video=${args['max-video'] || nothing}
          ring-timeout=${args['ring-timeout']}
          .settings=${{ getUserMedia: devicesOf('Ann') }}
        >
          <div class="stack">
            <rtc-login name="Ann" auto></rtc-login>
            <rtc-video-call peer="Bob"></rtc-video-call>
            ${eventLog()}
          </div>
        </rtc-provider>
      `,
      play: (stage) => stage.invite('Bob', { accepts: true }),
    }),
};

export const Anatomy: Story = {
  render: () =>
    anatomy('rtc-provider', [
      {
        title: 'No box of its own',
        note: 'The provider shows nothing and takes no place: what is in it stands in the page as if it were not there (display: contents).',
        content: login,
      },
    ]),
};

export const States: Story = {
  render: () =>
    states([
      { title: 'Signed out', as: '', content: login },
      {
        title: 'Signing in',
        note: 'The server has not answered yet.',
        as: '',
        content: login,
        play: async ({ wire, provider }) => {
          await wire.silence();
          provider.login('Ann').catch(() => {});
        },
      },
      { title: 'Signed in', content: login },
      {
        title: 'Reconnecting',
        note: 'The server is lost; the name is held, and calls go on.',
        content: login,
        settings: { clock: stoppedClock },
        play: ({ wire }) => wire.cut('Ann'),
      },
      {
        title: 'Name taken',
        as: '',
        content: login,
        play: async ({ invite, provider }) => {
          await invite('Ann');
          await provider.login('Ann').catch(() => {});
        },
      },
      {
        title: 'Signed in somewhere else',
        note: 'The same session has been taken up by another page.',
        content: login,
        play: ({ me, server }) => new Session(server).signaling.login('Ann', me.signaling.resume),
      },
      {
        title: 'An address that is none',
        as: '',
        content: html`
          <rtc-provider server="ws://["><rtc-login name="Ann" auto></rtc-login></rtc-provider>
        `,
      },
      {
        title: 'Two providers',
        note: 'They do not mix: the same name on two servers, the second tag joined by id.',
        content: (server) => html`
          <div class="stack">
            <rtc-login provider=${`other-${server}`}></rtc-login>
            <rtc-login></rtc-login>
            <rtc-provider id=${`other-${server}`} server=${`${server}-other`}></rtc-provider>
          </div>
        `,
      },
    ]),
};

export const Live: Story = {
  render: () =>
    live({
      hint: 'Press Call on Ann’s page: Bob’s accepts by itself. The events are those of each provider.',
      ann: html`<rtc-video-call peer="Bob" silent></rtc-video-call>${eventLog()}`,
      bob: html`<rtc-video-call peer="Ann" auto-accept="Ann" silent></rtc-video-call>${eventLog()}`,
    }),
};

export const Accessibility: Story = {
  render: () =>
    accessibility({
      scene: { content: login },
      notes: [
        'The provider has no role, no name and no place in the focus order.',
        'Tags take their language from the nearest lang attribute around them.',
        'What goes wrong is said in words by the tag where the person looks; rtc-error is for the page’s script.',
      ],
    }),
};
