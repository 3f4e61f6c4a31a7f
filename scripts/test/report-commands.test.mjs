import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { it } from 'node:test';
import { root } from '../lib/paths.mjs';

for (const name of ['audit-dependencies', 'report-event', 'report-facts']) {
  it(`generated services carry the ${name} of the package`, () => {
    const [one, other] = [
      `packages/${name}/${name}.mjs`,
      `templates/layers/ci/content/ci/${name}.mjs`,
    ].map(file => readFileSync(path.join(root, file), 'utf8'));
    assert.ok(one === other, 'copy the file of the package into the layer');
  });
}
