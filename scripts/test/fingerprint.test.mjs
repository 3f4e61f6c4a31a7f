import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { builtInConfig } from '../lib/fingerprint.mjs';

describe('what of a configuration goes into the frontend', () => {
  const app = [
    'app:',
    '  title: Harbour',
    '',
    '# of the list',
    '  extensions: []',
  ].join('\n');

  it('is the section app, wherever it stands', () => {
    assert.equal(builtInConfig(app), app);
    assert.equal(
      builtInConfig(`auth:\n  app: x\n${app}\n\ncatalog: {}\n`),
      app,
    );
    assert.equal(
      builtInConfig('app: { title: Harbour }\nauth: {}\n'),
      'app: { title: Harbour }',
    );
    assert.equal(
      builtInConfig(app.replaceAll('\n', '\r\n')),
      app.replaceAll('\n', '\r\n'),
    );
  });

  it('is nothing where there is no such section', () => {
    assert.equal(builtInConfig(''), '');
    assert.equal(
      builtInConfig('# app: no\ncatalog:\n  app: x\napplication: {}\n'),
      '',
    );
  });
});
