module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  rules: {
    '@backstage/no-mixed-plugin-imports': [
      'warn',
      // The tests try the policy in a whole portal
      { excludedFiles: ['**/*.test.ts', '**/__testUtils__/**'] },
    ],
  },
});
