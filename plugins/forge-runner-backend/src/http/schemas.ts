import { refPartSchema } from '@waymark/backend-support';
import { z } from 'zod';
import { STAGES } from '../runs/stageList';

/** @internal */
export const entityParams = z.object({
  kind: refPartSchema,
  namespace: refPartSchema,
  name: refPartSchema,
});

const runNumber = z.coerce.number().int().min(1).max(2_000_000_000);

/** @internal */
export const runParams = entityParams.extend({ run: runNumber });

/** @internal */
export const stageParams = runParams.extend({
  stage: z.enum(STAGES.map(({ name }) => name)),
});

/** @internal */
export const listQuery = z.strictObject({
  cursor: runNumber.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});

/** @internal */
export const logQuery = z.strictObject({
  from: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).optional(),
});

/** @internal */
export const emptyBody = z.strictObject({});

/** @internal */
export const rollBackBody = z.strictObject({
  run: z.number().int().min(1).max(2_000_000_000),
});
