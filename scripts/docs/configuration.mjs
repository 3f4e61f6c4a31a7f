import { writeFileSync } from 'node:fs';
import path from 'node:path';
import {
  configReferencePage,
  renderConfigReference,
} from '../lib/docs/renderConfigReference.mjs';
import { root } from '../lib/paths.mjs';

writeFileSync(
  path.join(root, configReferencePage),
  await renderConfigReference(),
);
