/// <reference types="vite/client" />
import { setCustomElementsManifest, type Preview } from '@storybook/web-components-vite';
import './preview.css';

// Made by `npm run build`; without it the stories work, and their docs list no properties.
const manifests = import.meta.glob('../dist/custom-elements.json', {
  eager: true,
  import: 'default',
});
const manifest = Object.values(manifests)[0];
if (manifest) setCustomElementsManifest(manifest);

/** Only attributes can be changed in the table of a tag's properties, parts and events. */
const attributesOnly: NonNullable<Preview['argTypesEnhancers']>[number] = ({ argTypes }) =>
  Object.fromEntries(
    Object.entries(argTypes).map(([name, argType]) => [
      name,
      argType.table?.category === 'attributes' ? argType : { control: false, ...argType },
    ]),
  );

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
  argTypesEnhancers: [attributesOnly],
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
