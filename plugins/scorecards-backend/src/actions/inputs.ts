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
  return {
    entityRef: z
      .string()
      .describe('The ref of an entity, such as component:default/checkout'),
    scorecardRef: z
      .string()
      .describe('The name or ref of a scorecard, such as production-readiness'),
    ruleId: z.string().describe('The id of a rule within its scorecard'),
    owner: z
      .string()
      .describe(
        'Only entities of this group, with all below it, or of this user, by its ref; none: of no group',
      )
      .optional(),
    domain: z
      .string()
      .describe('Only entities of this domain, by its ref; none: of no domain')
      .optional(),
    day: z.string().describe('A date, UTC'),
    asOf: z
      .string()
      .describe(
        'How it stood then: a date, or a time with a zone, in ISO 8601. Default: now',
      )
      .optional(),
    cursor: z
      .string()
      .describe('nextCursor of the page before, with the same filters')
      .optional(),
    limit: z.number().int().min(1).max(100).optional(),
    exemptionId: z.string().describe('The id of an exemption'),
    scorecards: z
      .array(z.string())
      .describe('Names or refs of scorecards. Default: all that are live')
      .optional(),
  };
}
