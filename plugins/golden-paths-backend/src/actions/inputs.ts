import { ActionsRegistryActionOptions } from '@backstage/backend-plugin-api/alpha';

/** The zod that the actions registry hands in. */
export type ActionZod = Parameters<
  ActionsRegistryActionOptions<never, never>['schema']['input']
>[0];

/**
 * What inputs of actions have in common, each with what it is for whoever reads
 * the schema instead of a manual.
 *
 * @internal
 */
export function inputsOf(z: ActionZod) {
  const period = {
    weeks: z
      .number()
      .int()
      .min(1)
      .max(104)
      .describe('How many weeks, the last one included. Default: 26')
      .optional(),
    until: z
      .string()
      .describe('The Monday of the last week. Default: the present one')
      .optional(),
  };
  return {
    period,
    services: {
      owner: z
        .string()
        .describe(
          'Only services of this group, with all below it, by its ref; none: of no group',
        )
        .optional(),
      direct: z
        .boolean()
        .describe('Only what the group itself owns')
        .optional(),
      system: z
        .string()
        .describe('Only services of this system; none: of no system')
        .optional(),
      domain: z
        .string()
        .describe('Only services of this domain; none: of no domain')
        .optional(),
      template: z
        .string()
        .describe('Only services that this golden path made, by its ref')
        .optional(),
      ...period,
    },
    page: {
      cursor: z
        .string()
        .describe('nextCursor of the page before, with the same filters')
        .optional(),
      limit: z.number().int().min(1).max(100).optional(),
    },
    entityRef: z
      .string()
      .describe('The ref of an entity, such as component:default/checkout'),
    templateRef: z
      .string()
      .describe('The ref of a template, such as template:default/go-service'),
  };
}
