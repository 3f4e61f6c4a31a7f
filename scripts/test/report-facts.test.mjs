import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { it } from 'node:test';
import { root } from '../lib/paths.mjs';

it('generated services carry the report-facts of the package', () => {
  const [one, other] = [
    'packages/report-facts/report-facts.mjs',
    'templates/layers/ci-node/content/ci/report-facts.mjs',
  ].map(file => readFileSync(path.join(root, file), 'utf8'));
  assert.ok(one === other, 'copy the file of the package into the layer');
});
