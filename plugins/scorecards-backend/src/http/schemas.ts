import { stringifyEntityRef } from '@backstage/catalog-model';
import { entityRefSchema, refPartSchema } from '@waymark/backend-support';
import { RULE_OUTCOMES, RuleOutcome } from '@waymark/plugin-scorecards-common';
import { z } from 'zod';

/**
 * `/:namespace/:name` as the full ref of a scorecard.
 *
 * @internal
 */
export const scorecardParamsSchema = z
  .object({ namespace: refPartSchema, name: refPartSchema })
  .transform(params => stringifyEntityRef({ kind: 'scorecard', ...params }));

/**
 * The ref of a scorecard: `production-readiness` is enough.
 *
 * @internal
 */
export const scorecardRefSchema = entityRefSchema({
  kind: 'scorecard',
}).refine(ref => ref.startsWith('scorecard:'), 'is not the ref of a scorecard');

/**
 * The id of a rule within its scorecard.
 *
 * @internal
 */
export const ruleIdSchema = z
  .string()
  .max(63)
  .regex(/^[a-z0-9-]+$/, 'is not the id of a rule');

/**
 * An outcome of a rule.
 *
 * @internal
 */
export const outcomeSchema = z.enum(
  RULE_OUTCOMES as unknown as [RuleOutcome, ...RuleOutcome[]],
);
