import { setTimeout as delay } from 'node:timers/promises';
import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import { ScaffolderService } from '@backstage/plugin-scaffolder-node';
import { JsonObject } from '@backstage/types';
import { UpgradeError } from './UpgradeError';
import { Upgrades } from './Upgrades';
import { UpgradeProposal } from '@waymark/plugin-golden-paths-common';
import { UpgradeStore } from './UpgradeStore';

/** The template whose runs upgrade a service. */
export const UPGRADE_TEMPLATE = 'template:default/upgrade-golden-path';

/**
 * There is nothing to upgrade.
 *
 * @internal
 */
export function isNewest(entityRef: string): ConflictError {
  return new ConflictError(
    `${entityRef} is at the newest version of its golden path`,
  );
}

/** How long to wait for somebody else who is starting the same. */
const WAIT_MS = 5_000;
const LOOK_MS = 100;

/**
 * Starts runs that upgrade services: one at a time for each service and version.
 *
 * @internal
 */
export class UpgradeStarter {
  constructor(
    private readonly options: {
      scaffolder: ScaffolderService;
      store: UpgradeStore;
      upgrades: Upgrades;
    },
  ) {}

  /**
   * @returns the run, and whether it is a new one; with the proposal, if there is one
   * already
   * @throws UpgradeError when the service cannot be upgraded
   */
  async start(
    entityRef: string,
    options: { credentials: BackstageCredentials; answers?: JsonObject },
  ): Promise<{
    taskId: string;
    isNew: boolean;
    proposal?: UpgradeProposal;
  }> {
    const { store, upgrades } = this.options;
    const { credentials, answers } = options;
    const until = Date.now() + WAIT_MS;
    for (;;) {
      const status = await upgrades.status(entityRef, {
        credentials,
        answers,
      });
      const { state, available, problem, proposal, run } = status;
      if (problem) {
        throw new UpgradeError(problem.code, problem.message, problem);
      }
      if (state === 'current' || !available) {
        throw isNewest(entityRef);
      }
      if (proposal) {
        return { taskId: proposal.taskId, isNew: false, proposal };
      }
      if (run && ['open', 'processing'].includes(run.status)) {
        return { taskId: run.taskId, isNew: false };
      }
      const { version } = available;
      // Not in place of one that was started since the look
      if (await store.claim({ entityRef, version, instead: run?.taskId })) {
        return {
          taskId: await this.begin({ entityRef, version, ...options }),
          isNew: true,
        };
      }
      if (Date.now() > until) {
        throw new ConflictError(
          `An upgrade of ${entityRef} is being started by somebody else; look again in a moment`,
        );
      }
      await delay(LOOK_MS);
    }
  }

  private async begin(options: {
    entityRef: string;
    version: string;
    credentials: BackstageCredentials;
    answers?: JsonObject;
  }): Promise<string> {
    const { scaffolder, store } = this.options;
    const { entityRef, version, credentials, answers } = options;
    try {
      const { taskId } = await scaffolder.scaffold(
        {
          templateRef: UPGRADE_TEMPLATE,
          values: { component: entityRef, ...(answers && { answers }) },
        },
        { credentials },
      );
      await store.started({ entityRef, version, taskId });
      return taskId;
    } catch (error) {
      await store.unclaim({ entityRef, version });
      throw error;
    }
  }
}
