import { rm } from 'node:fs/promises';

/**
 * Starts a portal that runs what is pushed to its forge.
 *
 * @param options - `configs`: files of configuration beside the usual ones
 */
export async function startRunnerPortal(options: { configs?: string[] } = {}) {
  // The scripts of the repository are no package
  // eslint-disable-next-line @backstage/no-relative-monorepo-imports
  const { startPortal } = await import('../../../../scripts/lib/portal.mjs');
  let portal = await startPortal({ ...options, runner: true });
  const { dataDir, forgePassword, port, url } = portal;
  return {
    url,
    forgePassword,
    kill: () => portal.kill(),
    /** On the data of the one before. */
    async startAgain() {
      portal = await startPortal({ ...options, dataDir, port, runner: true });
    },
    async stop() {
      await portal.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
