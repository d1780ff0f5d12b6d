import { getCustomElements } from '@storybook/web-components-vite';

interface Described {
  name: string;
  description?: string;
}

/** A tag's facts in the custom-elements manifest. */
export interface TagFacts {
  slots: Described[];
  cssParts: Described[];
  cssProperties: Described[];
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
  return { slots: [], cssParts: [], cssProperties: [], cssStates: [], events: [], ...found };
}
