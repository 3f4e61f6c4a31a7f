import { LoggerService } from '@backstage/backend-plugin-api';
import { ListedFile } from '../files/listFiles';
import { RepositoryHost } from '../hosts/RepositoryHost';
import { RunRepository, RunStore } from '../runs/RunStore';
import { requiredChecks } from './requiredChecks';

/** @internal */
export interface SettleOptions {
  host: RepositoryHost;
  store: RunStore;
  entry: RunRepository;
  /** The team of the group that owns the service. */
  team: string;
  files: ListedFile[];
  logger: LoggerService;
  signal?: AbortSignal;
}

/** One thing to set up on the host after the push. */
interface Step {
  /** Written down when it is done; never changes its meaning. */
  name: string;
  /** What it is for, for a host that does not have it. */
  title: string;
  run?: () => Promise<void>;
}

/**
 * Sets up on the host what a pushed repository needs: its default branch,
 * access for the team, protection of the default branch.
 *
 * Each step is written down once it is done, and each may be done twice: a
 * repeat goes on where the run was interrupted.
 *
 * @internal
 */
export async function settleRepository(
  options: SettleOptions,
): Promise<RunRepository> {
  const { host, store, logger } = options;
  let { entry } = options;
  const lacking: string[] = [];

  for (const step of steps(options)) {
    if (!step.run) {
      lacking.push(step.title);
    } else if (!entry.settled.includes(step.name)) {
      await step.run();
      entry = await store.update(entry, {
        settled: [...entry.settled, step.name],
      });
    }
  }
  if (lacking.length > 0) {
    logger.info(
      `Left as it is: golden paths set up no ${lacking.join(' and no ')} on ${
        host.host
      }`,
    );
  }
  return entry;
}

function steps(options: SettleOptions): Step[] {
  const { host, entry: address, team, files, logger, signal } = options;
  const branch = address.defaultBranch;
  const { setDefaultBranch, grantTeamAccess, protectBranch } = host;

  return [
    // Before the protection, which is that of a branch by its name. Hosts
    // without it took the name when the repository was created.
    ...(setDefaultBranch
      ? [
          {
            name: 'default-branch',
            title: 'default branch',
            run: async () => {
              const existing = await host.getRepository({ address, signal });
              if (existing?.defaultBranch !== branch) {
                await setDefaultBranch.call(host, { address, branch, signal });
              }
            },
          },
        ]
      : []),
    // Before the protection: a code owner has to be able to write
    {
      name: 'team-access',
      title: 'access for teams',
      run:
        grantTeamAccess &&
        (async () => {
          const granted = await grantTeamAccess.call(host, {
            address,
            team,
            signal,
          });
          logger.info(
            granted ?? 'No access for a team, as scaffolder.goldenPath says',
          );
        }),
    },
    {
      name: 'protection',
      title: 'branch protection',
      run:
        protectBranch &&
        (async () => {
          const checks = await requiredChecks({ files, branch });
          for (const left of checks.left) {
            logger.info(`Not demanded of a change: ${left}`);
          }
          const protection = await protectBranch.call(host, {
            address,
            branch,
            checks: checks.names,
            signal,
          });
          if (protection.applied) {
            logger.info(`${branch} is protected: ${protection.rules}`);
          } else {
            logger.warn(`${branch} is not protected: ${protection.reason}`);
          }
        }),
    },
  ];
}
