import { isError } from '@backstage/errors';
import { JsonValue } from '@backstage/types';
import { z } from 'zod';

/**
 * One fact of a result, its fields not yet checked any further.
 *
 * @internal
 */
export interface CollectedFact {
  name: string;
  value: JsonValue;
  observedAt?: Date;
  source?: string;
}

/**
 * What a collector said of one entity.
 *
 * @internal
 */
export type CollectedResult = { entityRef: string } & (
  | { kind: 'facts'; facts: CollectedFact[]; state: string | undefined }
  | { kind: 'unchanged' }
  | { kind: 'failed'; error: unknown }
);

/** Of one entity and one collector; more is a mistake. */
const MAX_FACTS = 200;
const MAX_STATE_LENGTH = 64 * 1024;

const factSchema = z.object({
  name: z.string(),
  value: z.custom<JsonValue>(value => value !== undefined, 'is missing'),
  observedAt: z.date().optional(),
  source: z.string().max(1024).optional(),
});

const factsSchema = z.object({
  facts: z
    .array(factSchema)
    .max(MAX_FACTS)
    .refine(
      facts => new Set(facts.map(({ name }) => name)).size === facts.length,
      'the same name twice',
    ),
  state: z.string().max(MAX_STATE_LENGTH).optional(),
});

/**
 * What a collector yielded, in its shape: modules need not be TypeScript.
 *
 * @returns undefined when it is not even about an entity
 * @internal
 */
export function readCollectedFacts(
  yielded: unknown,
): CollectedResult | undefined {
  if (typeof yielded !== 'object' || yielded === null) {
    return undefined;
  }
  const { entityRef, error, unchanged } = yielded as Record<string, unknown>;
  if (typeof entityRef !== 'string') {
    return undefined;
  }
  if (error !== undefined) {
    return { entityRef, kind: 'failed', error };
  }
  if (unchanged === true) {
    return { entityRef, kind: 'unchanged' };
  }
  const parsed = factsSchema.safeParse(yielded);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return {
      entityRef,
      kind: 'failed',
      error: new Error(
        `The collector made a mistake: ${issue.path.join('.') || 'result'}: ${
          issue.message
        }`,
      ),
    };
  }
  const { facts, state } = parsed.data;
  return { entityRef, kind: 'facts', facts, state };
}

/**
 * When a source may be asked again, if that is what an error says. Told by name:
 * a module may have the class from another copy of the package.
 *
 * @internal
 */
export function retryAtOf(error: unknown): Date | undefined {
  if (!isError(error) || error.name !== 'RateLimitError') {
    return undefined;
  }
  const { retryAt } = error as { retryAt?: unknown };
  return retryAt instanceof Date ? retryAt : undefined;
}
