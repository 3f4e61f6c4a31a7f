import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
// The tests of its collector know best how it answers
// eslint-disable-next-line @backstage/no-relative-monorepo-imports
import { startPagerDuty } from '../../../../plugins/scorecards-backend-module-pagerduty/src/__testUtils__/startPagerDuty';

/**
 * What a portal in earnest asks of others, on this machine: who is on call, and which
 * vulnerabilities are known.
 */
export async function startProductionPeers() {
  const { OsvStandIn } =
    // The scripts of the repository are no package
    // eslint-disable-next-line @backstage/no-relative-monorepo-imports
    await import(
      '../../../../packages/audit-dependencies/testing/OsvStandIn.mjs'
    );
  const { minimist } =
    // eslint-disable-next-line @backstage/no-relative-monorepo-imports
    await import(
      '../../../../packages/audit-dependencies/testing/advisories.mjs'
    );
  const osv = await OsvStandIn.start();
  osv.tell('npm minimist 1.2.5', minimist);
  const pagerDuty = await startPagerDuty();
  const folder = await mkdtemp(path.join(tmpdir(), 'waymark-peers-'));
  const configFile = path.join(folder, 'app-config.peers.yaml');
  await writeFile(
    configFile,
    JSON.stringify({
      forgeRunner: { osvUrl: osv.url },
      scorecards: {
        pagerduty: { token: pagerDuty.token, baseUrl: pagerDuty.url },
      },
    }),
  );
  return {
    configFile,

    /** Somebody is from now on. */
    putOnCall(serviceId: string) {
      pagerDuty.addService({ id: serviceId });
      pagerDuty.setPolicy(`policy-${serviceId}`, {
        schedule: 'Ticketing, day and night',
        users: ['mara'],
      });
    },

    /** Ecosystems and names of packages. */
    askedAbout(): string[] {
      return osv.requests.flatMap(({ body }) =>
        (body?.queries ?? []).map(
          (query: { package: { ecosystem: string; name: string } }) =>
            `${query.package.ecosystem} ${query.package.name}`,
        ),
      );
    },

    async stop() {
      osv.stop();
      await pagerDuty.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
