import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import '../src/define/video-call.js';
import { common } from './helpers/meta.js';
import { scene } from './helpers/scene.js';
import { phase } from './helpers/stage.js';
import './own-tag/my-partner.js';

export default {
  ...common,
  title: 'Write your own tag',
} satisfies Meta;

type Story = StoryObj;

/** `my-partner` stands beside the kit's tags and follows the same session: stories/own-tag/my-partner.ts. */
export const InACall: Story = {
  render: () =>
    scene({
      content: html`
        <div class="stack">
          <my-partner></my-partner>
          <rtc-video-call></rtc-video-call>
        </div>
      `,
      play: async ({ invite, provider }) => {
        await invite('Bob', { accepts: true });
        await phase(provider.call('Bob')!, 'active');
      },
    }),
};

export const NobodyOnTheLine: Story = {
  render: () => scene({ content: html`<my-partner></my-partner>` }),
};
