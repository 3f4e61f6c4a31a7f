import { cp, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

/** Starts the portal of a worker, with data that goes away after it. */
export async function startPortal() {
  // The scripts of the repository are no package
  // eslint-disable-next-line @backstage/no-relative-monorepo-imports
  const scripts = await import('../../../../scripts/lib/portal.mjs');
  // A copy, of which a test brings out a newer version
  const layers = await mkdtemp(path.join(os.tmpdir(), 'waymark-layers-'));
  await cp(path.resolve(__dirname, '../../../../templates/layers'), layers, {
    recursive: true,
  });
  const portal = await scripts.startPortal({
    configs: [path.resolve(__dirname, 'app-config.e2e.yaml')],
    env: {
      WAYMARK_E2E_ROOT: path.resolve(__dirname, '..'),
      WAYMARK_E2E_LAYERS: layers,
    },
  });
  const { url, forgePassword } = portal;
  return {
    url,
    forgePassword,
    /** Where the layers are that it knows. */
    layers,
    async stop() {
      await portal.stop();
      await rm(layers, { recursive: true, force: true });
    },
  };
}
