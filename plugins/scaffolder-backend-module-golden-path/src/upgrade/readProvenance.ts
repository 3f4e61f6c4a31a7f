import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { JsonObject } from '@backstage/types';
import { parse } from 'yaml';
import { z } from 'zod';
import { Provenance, PROVENANCE_PATH } from '../publish/provenance';
import { LeftOut } from '../render/leftOut';
import { UpgradeError } from './UpgradeError';

const MAX_BYTES = 1_000_000;

const provenanceSchema = z.object({
  template: z
    .string()
    .max(400)
    .transform((ref, context) => {
      try {
        return stringifyEntityRef(
          parseEntityRef(ref, { defaultKind: 'Template' }),
        );
      } catch {
        context.addIssue('is not the ref of a template');
        return z.NEVER;
      }
    }),
  version: z.string().min(1).max(100),
  pathVersion: z.string().max(50).optional(),
  layers: z
    .array(
      z.object({ name: z.string().max(100), version: z.string().max(100) }),
    )
    .max(100)
    .default([]),
  run: z.string().max(64).default(''),
  commit: z
    .string()
    .regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/, 'is not the id of a commit'),
  answers: z.record(z.string(), z.json()).default({}),
  files: z.record(z.string(), z.string()).default({}),
  deviations: z.array(z.unknown()).max(100).default([]),
});

/** A part that is left out, among the deviations that a repository declares. */
const leftOutSchema = z.object({
  part: z.string().min(1).max(100),
  reason: z.string().max(2000).default(''),
});

/**
 * What a repository says of its origin.
 *
 * @internal
 */
export interface ReadProvenance extends Omit<Provenance, 'deviations'> {
  /** Parts that were left out, from the first day or since. */
  leftOut: LeftOut[];
}

/**
 * @throws UpgradeError when it cannot be read: anybody may write anything there
 * @internal
 */
export function readProvenance(content: string): ReadProvenance {
  const refuse = (why: string) =>
    new UpgradeError(
      'unreadable-provenance',
      `${PROVENANCE_PATH} on the default branch ${why}; put back what it held when it was last merged`,
    );
  if (content.length > MAX_BYTES) {
    throw refuse('is too large');
  }
  let value: unknown;
  try {
    value = parse(content, {
      // As where it is verified: aliases could make a small file large, and looking
      // for the same key twice takes the square of their number
      maxAliasCount: 0,
      uniqueKeys: false,
      logLevel: 'error',
    });
  } catch (error) {
    throw refuse(
      `cannot be read: ${String(error instanceof Error ? error.message : error)
        .split('\n')[0]
        .slice(0, 200)}`,
    );
  }
  const parsed = provenanceSchema.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw refuse(
      `cannot be read at ${issue.path.join('.') || 'its root'}: ${
        issue.message
      }`,
    );
  }
  const { deviations, answers, ...rest } = parsed.data;
  return {
    ...rest,
    answers: answers as JsonObject,
    leftOut: deviations.flatMap(deviation => {
      const { data } = leftOutSchema.safeParse(deviation);
      return data ? [data] : [];
    }),
  };
}
