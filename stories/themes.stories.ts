import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { ref } from 'lit/directives/ref.js';
import '../src/define/conversation.js';
import '../src/define/login.js';
import '../src/define/text-chat.js';
import '../src/define/video-call.js';
import { baseStyles } from '../src/internal/base.styles.js';
import './brand.css';
import brand from './brand.css?raw';
import { chatWithBob } from './helpers/chat-states.js';
import { common } from './helpers/meta.js';
import { scene } from './helpers/scene.js';

export default {
  ...common,
  title: 'Theming',
} satisfies Meta;

type Story = StoryObj;

/** The public tokens with their defaults, as every tag begins with them. */
const tokens = [
  ...baseStyles.cssText.matchAll(
    /(?:_rtc-[a-z-]+|font): var\((--rtc-[a-z-]+), (.+)\)( !important)?;/g,
  ),
].map(([, name, value]) => ({ name: name!, value: value!.replace('revert-layer', 'inherit') }));

/** Light and dark follow `color-scheme`, wherever in the page it is set. */
export const LightAndDark: Story = {
  render: () => html`<div class="parties">${theme('light')}${theme('dark')}</div>`,
};

/** Some tokens in the page's own stylesheet make it the page's own. */
export const Brand: Story = {
  render: () => html`
    <pre class="log" tabindex="0" aria-label="Stylesheet">${brand.trim()}</pre>
    <div class="parties">${theme('brand light')}${theme('brand dark')}</div>
  `,
};

/** Every token, and what holds where a page does not set it. */
export const Tokens: Story = {
  render: () => html`
    <div class="parties">
      ${['light', 'dark'].map(
        (scheme) => html`
          <ul class="tokens theme ${scheme}" aria-label=${scheme}>
            ${tokens.map(
              ({ name, value }) => html`
                <li><code>${name}</code> ${swatch(value)} <span>${value}</span></li>
              `,
            )}
          </ul>
        `,
      )}
    </div>
  `,
};

function theme(classes: string) {
  return html`
    <section class="theme ${classes}" aria-label=${classes}>
      ${scene({
        content: html`
          <div class="stack">
            <rtc-login></rtc-login>
            <rtc-video-call silent></rtc-video-call>
            <rtc-text-chat silent></rtc-text-chat>
          </div>
        `,
        play: async (stage) => {
          const bob = await chatWithBob(stage);
          bob.call('Ann', 'video');
        },
      })}
    </section>
  `;
}

function swatch(value: string) {
  const paint = (element?: Element) =>
    element && ((element as HTMLElement).style.background = value);
  return value.includes('#') ? html`<span class="swatch" ${ref(paint)}></span>` : '';
}
