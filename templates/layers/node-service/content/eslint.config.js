import tseslint from 'typescript-eslint';
{%- if values.service.type == 'website' %}
import { pageRules } from './web/eslint-rules.js';
{%- endif %}

export default tseslint.config(
  { ignores: ['build/', 'ci/', 'coverage/', 'dist/', 'node_modules/', 'reports/'{% if values.service.contract.type == 'grpc' %}, 'src/gen/'{% endif %}] },
  ...tseslint.configs.recommendedTypeChecked,
  { languageOptions: { parserOptions: { projectService: true } } },
  { files: ['**/*.js'], extends: [tseslint.configs.disableTypeChecked] },
  {
    // Fastify tells a promise from a callback by the word async, with or without an await
    rules: { '@typescript-eslint/require-await': 'off' },
  },
  {
    files: ['src/**/*.test.ts'],
    // test() of node:test returns a promise that the runner itself awaits
    rules: { '@typescript-eslint/no-floating-promises': 'off' },
  },
{%- if values.service.type == 'website' %}
  pageRules,
{%- endif %}
);
