import { cp, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

/** Starts a portal of its own for this run, with data that goes away after it. */
export default async function startPortalForTests() {
  // The scripts of the repository are no package
  // eslint-disable-next-line @backstage/no-relative-monorepo-imports
  const { startPortal } = await import('../../../../scripts/lib/portal.mjs');
  // A copy, of which a test brings out a newer version
  const layers = await mkdtemp(path.join(os.tmpdir(), 'waymark-layers-'));
  await cp(path.resolve(__dirname, '../../../../templates/layers'), layers, {
    recursive: true,
  });
  const portal = await startPortal({
    configs: [path.resolve(__dirname, 'app-config.e2e.yaml')],
    env: {
      WAYMARK_E2E_ROOT: path.resolve(__dirname, '..'),
      WAYMARK_E2E_LAYERS: layers,
    },
  });
  // The tests run in processes of their own
  process.env.WAYMARK_E2E_URL = portal.url;
  process.env.WAYMARK_E2E_FORGE_PASSWORD = portal.forgePassword;
  process.env.WAYMARK_E2E_LAYERS = layers;
  return async () => {
    await portal.stop();
    await rm(layers, { recursive: true, force: true });
  };
}
