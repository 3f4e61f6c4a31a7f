import { AuditorService } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { JsonObject } from '@backstage/types';
import { ProposalStore } from '../propose/ProposalStore';
import { Upgrader } from '../upgrade/Upgrader';

/**
 * `golden-path:upgrade`: proposes the newest version of its golden path to the
 * repository of a component.
 *
 * It looks with the eyes of whoever started the run.
 *
 * @internal
 */
export function createUpgradeAction(options: {
  upgrader: Upgrader;
  proposals: ProposalStore;
  auditor: AuditorService;
}) {
  const { upgrader, proposals, auditor } = options;

  return createTemplateAction({
    id: 'golden-path:upgrade',
    description:
      'Renders the newest version of the golden path that a component was made with onto the branch waymark-template of its repository, and proposes to merge it: a pull request, or a branch to be compared where the host has none. A repeat finds what was proposed before.',
    schema: {
      input: {
        component: z => z.string().describe('Reference to the component'),
        answers: z =>
          z
            .record(z.any())
            .optional()
            .describe(
              "Answers to fields of the path's form that are new, or no longer fit; never a secret",
            ),
      },
      output: {
        version: z => z.string().describe('The newest version'),
        branch: z => z.string().describe('The branch of the upgrade'),
        changeUrl: z =>
          z
            .string()
            .optional()
            .describe('Where to look at it; absent when there is nothing new'),
        changeNumber: z =>
          z.number().optional().describe('Of the pull request, if it is one'),
        commit: z => z.string().optional().describe('Head of the branch'),
        conflicts: z =>
          z
            .array(z.string())
            .describe('Paths of the files that do not merge by themselves'),
      },
    },
    async handler(ctx) {
      const answers = ctx.input.answers as JsonObject | undefined;
      const event = await auditor.createEvent({
        eventId: 'golden-path-upgrade',
        severityLevel: 'medium',
        meta: {
          taskId: ctx.task.id,
          component: ctx.input.component,
          startedBy: ctx.user?.ref,
        },
      });
      try {
        const upgrade = await upgrader.upgrade({
          taskId: ctx.task.id,
          workspacePath: ctx.workspacePath,
          component: ctx.input.component,
          answers:
            answers && Object.keys(answers).length > 0 ? answers : undefined,
          credentials: await ctx.getInitiatorCredentials(),
          logger: ctx.logger,
          signal: ctx.signal,
        });
        if (upgrade.changeUrl !== undefined) {
          await proposals.add({ taskId: ctx.task.id, url: upgrade.changeUrl });
        }
        await event.success({ meta: { ...upgrade } });
        ctx.output('version', upgrade.version);
        ctx.output('branch', upgrade.branch);
        ctx.output('changeUrl', upgrade.changeUrl);
        ctx.output('changeNumber', upgrade.changeNumber);
        ctx.output('commit', upgrade.commit);
        ctx.output('conflicts', upgrade.conflicts);
      } catch (error) {
        await event.fail({
          error: isError(error) ? error : new Error(String(error)),
        });
        throw error;
      }
    },
  });
}
