import { AuthService } from '@backstage/backend-plugin-api';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { GoldenPathChecks } from '../checks/GoldenPathChecks';

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
  auth: AuthService;
}) {
  const { checks, auth } = options;

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
