/// <reference types="vite/client" />
import type { InputType } from 'storybook/internal/types';
import { setCustomElementsManifest, type Preview } from '@storybook/web-components-vite';
import './preview.css';

// Made by `npm run build`; without it the stories work, and their docs list no properties.
const manifests = import.meta.glob('../dist/custom-elements.json', {
  eager: true,
  import: 'default',
});
const manifest = Object.values(manifests)[0] as Manifest | undefined;
if (manifest) setCustomElementsManifest(withoutTwins(manifest));

interface Manifest {
  modules: { declarations: { members?: { attribute?: string }[] }[] }[];
}

/** A property that an attribute sets would stand twice in the table of a tag. */
function withoutTwins({ modules, ...rest }: Manifest) {
  return {
    ...rest,
    modules: modules.map(({ declarations, ...module }) => ({
      ...module,
      declarations: declarations.map(({ members, ...declaration }) => ({
        ...declaration,
        members: members?.filter(({ attribute }) => !attribute),
      })),
    })),
  };
}

/** Attributes and slots can be changed in the table of a tag, each by what the manifest says of it. */
const controlsOfManifest: NonNullable<Preview['argTypesEnhancers']>[number] = ({ argTypes }) =>
  Object.fromEntries(
    Object.entries(argTypes).map(([name, argType]) => [
      name,
      { ...controlOf(argType), ...argType },
    ]),
  );

function controlOf({ table }: InputType): Pick<InputType, 'control' | 'options'> {
  if (table?.category === 'slots') return { control: 'text' };
  if (table?.category !== 'attributes') return { control: false };
  const type = table.type?.summary ?? '';
  if (type === 'boolean' || type === 'number') return { control: type };
  const options = [...type.matchAll(/'([^']+)'/g)].map(([, option]) => option);
  return options.length ? { control: 'inline-radio', options } : { control: 'text' };
}

const preview: Preview = {
  tags: ['autodocs'],
  parameters: {
    layout: 'padded',
    controls: { expanded: true },
    options: {
      storySort: {
        order: [
          'Welcome',
          'Theming',
          'Tags',
          [
            'rtc-provider',
            'rtc-login',
            'rtc-video-call',
            'rtc-voice-call',
            'rtc-text-chat',
            'rtc-roster',
          ],
        ],
      },
    },
    // A violation is shown as an error, not as a hint.
    a11y: { test: 'error' },
  },
  argTypesEnhancers: [controlsOfManifest],
  globalTypes: {
    scheme: {
      description: 'Light or dark',
      toolbar: {
        icon: 'contrast',
        items: [
          { value: 'light', title: 'Light', icon: 'sun' },
          { value: 'dark', title: 'Dark', icon: 'moon' },
        ],
        dynamicTitle: true,
      },
    },
  },
  initialGlobals: { scheme: 'light' },
  decorators: [
    (story, { globals }) => {
      document.documentElement.dataset['scheme'] = String(globals['scheme']);
      return story();
    },
  ],
};

export default preview;
