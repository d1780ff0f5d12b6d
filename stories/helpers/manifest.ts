import { getCustomElements } from '@storybook/web-components-vite';

interface Described {
  name: string;
  description?: string;
}

/** What the custom-elements manifest says of a tag. */
export interface TagFacts {
  slots: Described[];
  cssParts: Described[];
  cssStates: Described[];
  events: Described[];
}

interface Declaration extends Partial<TagFacts> {
  tagName?: string;
}

/** Empty where `npm run build` or `npm run storybook` has not made the manifest. */
export function factsOf(tag: string): TagFacts {
  const manifest = getCustomElements() as
    { modules: { declarations?: Declaration[] }[] } | undefined;
  const found = manifest?.modules
    .flatMap(({ declarations }) => declarations ?? [])
    .find(({ tagName }) => tagName === tag);
  return { slots: [], cssParts: [], cssStates: [], events: [], ...found };
}

/** The public tokens that a tag's own styles use, as their private twins tell. */
export function tokensOf(tag: string): string[] {
  const element = customElements.get(tag) as { elementStyles?: readonly object[] } | undefined;
  const text = (element?.elementStyles ?? []).map(cssText).join('\n');
  const used = (pattern: RegExp) => new Set([...text.matchAll(pattern)].map(([, name]) => name!));
  const tokens = used(/var\(--rtc-([a-z-]+)/g);
  const twins = used(/var\(--_rtc-([a-z-]+)/g);
  return [...tokens]
    .filter((name) => twins.has(name) || name === 'font')
    .map((name) => `--rtc-${name}`);
}

function cssText(style: object): string {
  return 'cssText' in style ? String(style.cssText) : '';
}
