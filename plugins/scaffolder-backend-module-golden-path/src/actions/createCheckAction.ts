import { AuthService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
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
      },
      output: {},
    },
    async handler(ctx) {
      const { name, owner, system, description } = ctx.input;
      const errors = await checks.check(
        { name, owner, system, description, taskId: ctx.task.id },
        {
          credentials: await auth.getOwnServiceCredentials(),
          signal: ctx.signal,
        },
      );
      if (errors.length > 0) {
        throw new InputError(
          errors.map(({ field, message }) => `${field}: ${message}`).join('\n'),
        );
      }
      ctx.logger.info(`${name} is free, ${owner} exists`);
    },
  });
}
