import path from 'node:path';

/** Starts a portal of its own for this run, with data that goes away after it. */
export default async function startPortalForTests() {
  // The scripts of the repository are no package
  // eslint-disable-next-line @backstage/no-relative-monorepo-imports
  const { startPortal } = await import('../../../../scripts/lib/portal.mjs');
  const portal = await startPortal({
    configs: [path.resolve(__dirname, 'app-config.e2e.yaml')],
    env: { WAYMARK_E2E_ROOT: path.resolve(__dirname, '..') },
  });
  // The tests run in processes of their own
  process.env.WAYMARK_E2E_URL = portal.url;
  process.env.WAYMARK_E2E_FORGE_PASSWORD = portal.forgePassword;
  return () => portal.stop();
}
