module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  testRules: {
    'jest/expect-expect': [
      'warn',
      // Makes the assertions that all refusals have in common
      { assertFunctionNames: ['expect', 'expectRefusal'] },
    ],
  },
});
