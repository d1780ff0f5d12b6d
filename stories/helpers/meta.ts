import type { Meta } from '@storybook/web-components-vite';

/** The meta data common to every story file of a tag, besides its literal title and component. */
export const common = {
  parameters: {
    a11y: {
      config: {
        rules: [
          // Pages stand side by side here: each may have a landmark of the same name.
          { id: 'landmark-unique', enabled: false },
          // Storybook's own default: stories are no whole pages.
          { id: 'region', enabled: false },
        ],
      },
    },
    docs: {
      // The story as it is written: around the tags stands much that no page needs.
      source: { type: 'code' },
    },
  },
} satisfies Partial<Meta>;
