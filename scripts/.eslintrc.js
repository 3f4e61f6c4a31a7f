module.exports = {
  root: true,
  extends: 'eslint:recommended',
  parserOptions: { ecmaVersion: 'latest', sourceType: 'module' },
  env: { node: true, es2024: true },
  reportUnusedDisableDirectives: true,
  rules: {
    eqeqeq: 'error',
    'no-shadow': 'error',
    'no-unused-expressions': 'error',
    'no-unused-vars': ['error', { ignoreRestSiblings: true }],
    'no-var': 'error',
    'prefer-const': 'error',
  },
};
