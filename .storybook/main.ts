import type { StorybookConfig } from '@storybook/web-components-vite';
import { mergeConfig } from 'vite';

const config: StorybookConfig = {
  framework: '@storybook/web-components-vite',
  stories: ['../stories/*.mdx', '../stories/*.stories.ts'],
  addons: ['@storybook/addon-docs', '@storybook/addon-a11y'],
  core: {
    disableTelemetry: true,
    disableWhatsNewNotifications: true,
  },
  viteFinal: (vite) =>
    mergeConfig(vite, {
      // A class field must not hide the accessor that Lit makes for a property.
      oxc: { assumptions: { setPublicClassFields: true } },
      build: { target: 'es2022' },
    }),
};

export default config;
