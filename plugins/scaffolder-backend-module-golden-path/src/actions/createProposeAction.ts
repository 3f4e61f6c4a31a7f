import { AuditorService } from '@backstage/backend-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import { isError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { ProposalStore } from '../propose/ProposalStore';
import { ProposalRequest, Proposer } from '../propose/Proposer';

/**
 * `golden-path:propose`: proposes files of the workspace to a repository that
 * is there already, as a change for its owners to look at.
 *
 * @internal
 */
export function createProposeAction(options: {
  proposer: Proposer;
  proposals: ProposalStore;
  auditor: AuditorService;
}) {
  const { proposer, proposals, auditor } = options;

  return createTemplateAction({
    id: 'golden-path:propose',
    description:
      'Proposes files of the workspace to an existing repository: a branch and a pull request, or a branch to be compared where the host has no pull requests. A repeat finds what was proposed before.',
    supportsDryRun: true,
    schema: {
      input: {
        repositoryUrl: z =>
          z.string().describe("Address of the repository's page"),
        branch: z =>
          z
            .string()
            .optional()
            .describe(
              'Branch for the change, beginning with waymark/. Default: one for each run',
            ),
        title: z => z.string().describe('What the change is, in one line'),
        description: z =>
          z.string().optional().describe('What it is for, in Markdown'),
        folder: z =>
          z
            .string()
            .optional()
            .describe(
              'Folder of the workspace that holds the files as they are to lie in the repository. Default: the workspace',
            ),
        files: z =>
          z
            .array(z.string())
            .describe(
              'Paths of the files in the repository; no others are touched, and the folder must hold no others',
            ),
        overwrite: z =>
          z
            .boolean()
            .optional()
            .describe(
              'Whether files that the repository has already may be changed. Default: false',
            ),
      },
      output: {
        changeUrl: z =>
          z
            .string()
            .optional()
            .describe('Where to look at the change; absent without a change'),
        changeNumber: z =>
          z.number().optional().describe('Of the pull request, if it is one'),
        branch: z => z.string().describe('The branch of the change'),
        commit: z => z.string().describe('Head of the branch'),
      },
    },
    async handler(ctx) {
      const { input } = ctx;
      const request: ProposalRequest = {
        workspacePath: ctx.workspacePath,
        repositoryUrl: input.repositoryUrl,
        branch:
          input.branch ??
          defaultBranch({
            templateRef: ctx.templateInfo?.entityRef,
            taskId: ctx.task.id,
          }),
        title: input.title,
        description: input.description ?? '',
        folder: input.folder ?? '.',
        files: input.files,
        overwrite: input.overwrite ?? false,
        logger: ctx.logger,
        signal: ctx.signal,
      };
      if (ctx.isDryRun) {
        const files = await proposer.plan(request);
        ctx.logger.info(
          `A dry run proposes nothing; the change would hold ${files
            .map(file => file.path)
            .join(', ')}`,
        );
        ctx.output('branch', request.branch);
        return;
      }

      const event = await auditor.createEvent({
        eventId: 'golden-path-propose',
        severityLevel: 'medium',
        meta: {
          taskId: ctx.task.id,
          // An address with a password in it is refused, and not written down
          repositoryUrl: input.repositoryUrl.replace(/\/\/[^/]*@/, '//'),
          branch: request.branch,
          startedBy: ctx.user?.ref,
        },
      });
      try {
        const proposal = await proposer.propose(request);
        if (proposal.changeUrl !== undefined) {
          await proposals.add({
            taskId: ctx.task.id,
            url: proposal.changeUrl,
          });
        }
        await event.success({ meta: { ...proposal } });
        ctx.output('changeUrl', proposal.changeUrl);
        ctx.output('changeNumber', proposal.changeNumber);
        ctx.output('branch', proposal.branch);
        ctx.output('commit', proposal.commit);
      } catch (error) {
        await event.fail({
          error: isError(error) ? error : new Error(String(error)),
        });
        throw error;
      }
    },
  });
}

/** The same at every attempt of a run, and another for every run. */
function defaultBranch(options: {
  templateRef?: string;
  taskId: string;
}): string {
  const name = options.templateRef
    ? parseEntityRef(options.templateRef).name
    : 'change';
  return `waymark/${name}-${options.taskId.slice(0, 8)}`;
}
