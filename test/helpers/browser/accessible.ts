import { expect } from '@open-wc/testing';
import { rendered } from './dom.js';

/** The background of the page behind the tags in each colour scheme. */
const pages = { light: '#ffffff', dark: '#16181d' };

/** Expects that axe finds nothing wrong with an element, light and dark. */
export async function expectAccessible(element: Element): Promise<void> {
  const { style } = document.documentElement;
  await rendered(element);
  try {
    for (const [scheme, background] of Object.entries(pages)) {
      style.colorScheme = scheme;
      style.background = background;
      await expect(element).to.be.accessible();
    }
  } finally {
    style.colorScheme = style.background = '';
  }
}
