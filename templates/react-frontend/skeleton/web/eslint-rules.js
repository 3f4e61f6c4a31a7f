import jsxA11y from 'eslint-plugin-jsx-a11y';
import reactHooks from 'eslint-plugin-react-hooks';

/** What holds for the page beyond what holds for all code. */
export const pageRules = {
  files: ['web/**/*.{ts,tsx}'],
  extends: [jsxA11y.flatConfigs.strict, reactHooks.configs.flat.recommended],
};
