import js from '@eslint/js';
import { configs as lit } from 'eslint-plugin-lit';
// @ts-expect-error: it brings no types
import litA11y from 'eslint-plugin-lit-a11y';
import { configs as wc } from 'eslint-plugin-wc';
import { defineConfig, globalIgnores } from 'eslint/config';
import ts from 'typescript-eslint';
import { commentBeginnings } from './scripts/lib/comment-beginnings.mjs';

const elementFiles = ['src/**/*.ts', 'stories/**/*.ts'];
const nodeOnly = ['process', 'Buffer', '__dirname', '__filename', 'require', 'module', 'global'];

export default defineConfig(
  globalIgnores(['**/dist/', 'storybook-static/', 'coverage/']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },

  js.configs.recommended,
  ts.configs.recommended,
  {
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': [
        'error',
        { checksVoidReturn: { arguments: false } },
      ],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/only-throw-error': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
      'object-shorthand': 'error',
      'prefer-const': 'error',
    },
  },
  {
    plugins: { own: { rules: { 'comment-beginnings': commentBeginnings } } },
    rules: { 'own/comment-beginnings': 'error' },
  },
  // tsc checks these too, and knows the globals.
  { files: ['**/*.mjs', '**/*.cjs', 'demo/**/*.js'], rules: { 'no-undef': 'off' } },

  // Elements
  ...[lit['flat/recommended'], wc['flat/best-practice'], litA11y.configs.recommended].map(
    (config) => ({ ...config, files: elementFiles }),
  ),
  {
    files: ['src/components/**/*.ts', 'src/internal/**/*.ts'],
    rules: {
      // The tag's own module in src/define does that, so that a class can be imported without it.
      'no-restricted-syntax': [
        'error',
        {
          selector:
            "CallExpression[callee.object.name='customElements'][callee.property.name='define']",
          message: 'A class is not registered by its own module: see src/define.',
        },
        {
          selector: 'TemplateElement[value.raw=/<style|\\sstyle=/]',
          message:
            'A strict Content-Security-Policy blocks inline styles: use classes or custom properties.',
        },
      ],
    },
  },

  // Code that runs in a browser, and code that runs in Node
  {
    files: ['src/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: { 'no-restricted-globals': ['error', ...nodeOnly] },
  },
  {
    files: [
      'scripts/**',
      'server/**',
      'bench/**',
      'test/**',
      '*.mjs',
      '.storybook/**',
      '**/*.test.ts',
    ],
    rules: { 'no-console': 'off' },
  },
  {
    // node:test awaits the promises of its describe and it itself; chai asserts by property.
    files: ['**/*.test.ts', 'test/helpers/browser/**'],
    rules: {
      '@typescript-eslint/no-floating-promises': [
        'error',
        {
          allowForKnownSafeCalls: [
            // A plugin types chai's equal() as a promise; it is one only for snapshots.
            { from: 'package', package: 'chai', name: ['Equal', 'equal'] },
            {
              from: 'package',
              package: 'node:test',
              name: ['describe', 'it', 'test', 'suite', 'skip', 'todo'],
            },
          ],
        },
      ],
      '@typescript-eslint/no-unused-expressions': 'off',
      'no-restricted-syntax': [
        'error',
        {
          selector: "ExpressionStatement > CallExpression[callee.property.name='accessible']",
          message: 'Await it: an accessibility assertion that nobody awaits cannot fail.',
        },
      ],
    },
  },
);
