import {
  AuditorService,
  AuthService,
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { InputError, isError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { JsonObject } from '@backstage/types';
import { GoldenPathChecks } from '../checks/GoldenPathChecks';
import { findOwningGroup } from '../owners/findOwningGroup';
import { assertNoSecrets } from '../publish/provenance';
import { PublishedAddresses, Publisher } from '../publish/Publisher';
import { readLeftOut } from '../render/leftOut';
import { renderInput } from '../render/renderInput';

/**
 * `golden-path:publish`: brings the workspace to a repository of its own, on
 * whatever host is configured.
 *
 * @internal
 */
export function createPublishAction(options: {
  getPublisher: (logger: LoggerService) => Publisher;
  checks: GoldenPathChecks;
  catalog: CatalogService;
  auditor: AuditorService;
  auth: AuthService;
}) {
  const { getPublisher, checks, catalog, auditor, auth } = options;

  return createTemplateAction({
    id: 'golden-path:publish',
    description:
      'Creates a repository and pushes the workspace to it, with its provenance and the branch waymark-template, then gives the team access and protects the default branch where the host can. A repeat by the same run goes on where it was interrupted.',
    supportsDryRun: true,
    schema: {
      input: {
        name: z => z.string().describe('Name of the repository'),
        owner: z =>
          z
            .string()
            .describe(
              'Reference to the owning group; its name is the organization unless one is configured',
            ),
        description: z =>
          z.string().optional().describe('What the repository is for'),
        defaultBranch: z => z.string().optional().describe('Default: main'),
        version: z => z.string().describe('Output of golden-path:render'),
        layers: z =>
          z
            .array(z.object({ name: z.string(), version: z.string() }))
            .optional()
            .describe('Output of golden-path:render'),
        leftOut: z =>
          z
            .array(z.any())
            .optional()
            .describe(
              'Parts that the service does without: part and reason of each, kept as deviations in its provenance',
            ),
        answers: z =>
          z
            .record(z.any())
            .optional()
            .describe('What was filled into the form; never a secret'),
      },
      output: {
        repositoryUrl: z => z.string().describe('Address of its page'),
        cloneUrl: z => z.string().describe('Address for git clone'),
        repoContentsUrl: z =>
          z
            .string()
            .describe('Its files on the default branch, no trailing slash'),
        catalogInfoUrl: z => z.string().describe('Its catalog-info.yaml'),
        commit: z => z.string().describe('Head of the default branch'),
      },
    },
    async handler(ctx) {
      const {
        name,
        owner,
        description = '',
        defaultBranch = 'main',
      } = ctx.input;
      const answers = (ctx.input.answers ?? {}) as JsonObject;
      assertNoSecrets(answers, ctx.secrets);
      // What was rendered without them knows the parts of the path
      const { leftOut, problem } = readLeftOut(ctx.input.leftOut, undefined);
      if (problem) {
        throw new InputError(`leftOut: ${problem}`);
      }

      if (ctx.isDryRun) {
        const planned = getPublisher(ctx.logger).addresses({
          name,
          owner,
          defaultBranch,
        });
        ctx.logger.info(
          `A dry run publishes nothing; the repository would be ${planned.repositoryUrl}`,
        );
        writeAddresses(ctx, planned);
        return;
      }

      const event = await auditor.createEvent({
        eventId: 'golden-path-publish',
        severityLevel: 'medium',
        meta: { taskId: ctx.task.id, name, owner, startedBy: ctx.user?.ref },
      });
      try {
        const credentials = await auth.getOwnServiceCredentials();
        const assertFree = () =>
          checks.assert(
            { name, taskId: ctx.task.id },
            { credentials, signal: ctx.signal },
          );
        // The name may have come into the catalog since the first step
        await assertFree();
        const result = await getPublisher(ctx.logger).publish({
          taskId: ctx.task.id,
          workspacePath: ctx.workspacePath,
          name,
          owner,
          group: await findOwningGroup({ catalog, credentials, owner }),
          description,
          defaultBranch,
          template: ctx.templateInfo?.entityRef ?? '',
          version: ctx.input.version,
          pathVersion: await pathVersionOf(ctx.templateInfo?.entityRef, {
            catalog,
            credentials,
          }),
          layers: ctx.input.layers ?? [],
          leftOut,
          answers,
          assertFree,
          logger: ctx.logger,
          signal: ctx.signal,
        });
        await event.success({ meta: { repositoryUrl: result.repositoryUrl } });
        writeAddresses(ctx, result);
        ctx.output('commit', result.commit);
      } catch (error) {
        await event.fail({
          error: isError(error) ? error : new Error(String(error)),
        });
        throw error;
      }
    },
  });
}

/** What the author of the template calls the version of it that there is now. */
async function pathVersionOf(
  templateRef: string | undefined,
  options: { catalog: CatalogService; credentials: BackstageCredentials },
): Promise<string | undefined> {
  const { catalog, credentials } = options;
  const template =
    templateRef && (await catalog.getEntityByRef(templateRef, { credentials }));
  return template ? renderInput(template)?.version : undefined;
}

function writeAddresses(
  ctx: { output: (name: keyof PublishedAddresses, value: string) => void },
  addresses: PublishedAddresses,
): void {
  ctx.output('repositoryUrl', addresses.repositoryUrl);
  ctx.output('cloneUrl', addresses.cloneUrl);
  ctx.output('repoContentsUrl', addresses.repoContentsUrl);
  ctx.output('catalogInfoUrl', addresses.catalogInfoUrl);
}
