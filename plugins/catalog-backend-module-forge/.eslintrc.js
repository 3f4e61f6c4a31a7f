module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  rules: {
    '@backstage/no-mixed-plugin-imports': [
      'warn',
      // Tests read a real forge
      { excludedFiles: ['**/*.test.ts'] },
    ],
  },
  testRules: {
    'jest/expect-expect': [
      'warn',
      // Both throw when what is waited for does not come
      {
        assertFunctionNames: [
          'expect*',
          'eventually',
          'component',
          'errorsSince',
        ],
      },
    ],
  },
});
