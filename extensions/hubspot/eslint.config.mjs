/** HubSpot's own rules for cards: what works in a browser but not in HubSpot's worker. */
import { config } from '@hubspot/eslint-config-ui-extensions';
import tseslint from 'typescript-eslint';

export default [
  ...config,
  {
    files: ['**/*.{ts,tsx}'],
    languageOptions: {
      parser: tseslint.parser,
      parserOptions: { ecmaFeatures: { jsx: true } },
    },
  },
];
