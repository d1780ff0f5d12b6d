import { expect } from '@open-wc/testing';
import { rendered } from './dom.js';

/** Colour scheme, background and text of pages around the tags; some forget to set their scheme. */
const pages = [
  ['light', '#ffffff', ''],
  ['dark', '#16181d', ''],
  ['', '#000000', '#ffffff'],
] as const;

/** Expects that axe finds nothing wrong with an element, on light and dark pages. */
export async function expectAccessible(element: Element): Promise<void> {
  const { style } = document.documentElement;
  await rendered(element);
  try {
    for (const [scheme, background, color] of pages) {
      Object.assign(style, { colorScheme: scheme, background, color });
      await expect(element).to.be.accessible();
    }
  } finally {
    style.colorScheme = style.background = style.color = '';
  }
}
