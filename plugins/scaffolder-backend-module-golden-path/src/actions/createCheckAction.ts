import { AuthService } from '@backstage/backend-plugin-api';
import { InputError, isError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { GoldenPathChecks } from '../checks/GoldenPathChecks';
import { PathPart } from '../render/layerParts';
import { readLeftOut } from '../render/leftOut';
import { PathVersions } from '../versions/PathVersions';

/**
 * `golden-path:check`: refuses what a form let through, before anything is
 * made.
 *
 * It looks with the backend's own eyes: a name is taken also when the person
 * may not see by whom.
 *
 * @internal
 */
export function createCheckAction(options: {
  checks: GoldenPathChecks;
  versions: PathVersions;
  auth: AuthService;
}) {
  const { checks, versions, auth } = options;

  return createTemplateAction({
    id: 'golden-path:check',
    description:
      'Checks the answers to a golden path: the name is well-formed and free, the owner is a group, the system exists. Goes first.',
    supportsDryRun: true,
    schema: {
      input: {
        name: z => z.string().describe('Name of the new service'),
        owner: z =>
          z.string().describe('Reference to the group that will own it'),
        system: z =>
          z
            .string()
            .optional()
            .describe('Reference to the system it is part of'),
        description: z => z.string().optional().describe('What it is for'),
        leftOut: z =>
          z
            .array(z.any())
            .optional()
            .describe(
              'Parts that the service does without: part and reason of each',
            ),
        repositoryUrl: z =>
          z
            .string()
            .optional()
            .describe(
              'Address of the repository that the service is in already; without it, the name must be free for a new one',
            ),
      },
      output: {
        owner: z =>
          z.string().describe('The whole reference to the owning group'),
        system: z =>
          z
            .string()
            .optional()
            .describe('The whole reference to the system, if one was given'),
      },
    },
    async handler(ctx) {
      const { name, owner, system, description, repositoryUrl } = ctx.input;
      const { leftOut = [] } = ctx.input;
      const { problem } = readLeftOut(
        leftOut,
        // What is being written knows its parts only once it is rendered
        leftOut.length > 0 && !ctx.isDryRun
          ? await partsOf(versions, ctx.templateInfo?.entityRef)
          : undefined,
      );
      if (problem) {
        throw new InputError(`leftOut: ${problem}`);
      }
      const found = await checks.assert(
        {
          name,
          owner,
          system,
          description,
          repositoryUrl,
          taskId: ctx.task.id,
        },
        {
          credentials: await auth.getOwnServiceCredentials(),
          logger: ctx.logger,
          signal: ctx.signal,
        },
      );
      ctx.logger.info(`${name} is free, ${found.owner} exists`);
      // The steps that follow need no idea of their own of what was meant
      ctx.output('owner', found.owner ?? owner);
      ctx.output('system', found.system);
    },
  });
}

/** @returns undefined for a path that only rendering tells the parts of */
async function partsOf(
  versions: PathVersions,
  templateRef: string | undefined,
): Promise<PathPart[] | undefined> {
  if (templateRef === undefined) {
    return undefined;
  }
  try {
    return (await versions.get(templateRef)).parts;
  } catch (error) {
    if (isError(error) && error.name === 'NotFoundError') {
      return undefined;
    }
    throw error;
  }
}
