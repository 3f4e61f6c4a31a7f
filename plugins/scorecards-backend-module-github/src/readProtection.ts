import { NotAllowedError, toError } from '@backstage/errors';
import { z } from 'zod';
import { ConditionalReader } from './client/ConditionalReader';

const repositorySchema = z.object({ default_branch: z.string() });
const branchSchema = z.object({ protected: z.boolean() });
const checksSchema = z.object({
  contexts: z.array(z.unknown()).default([]),
  checks: z.array(z.unknown()).default([]),
});
const protectionSchema = z.object({
  required_pull_request_reviews: z
    .object({ required_approving_review_count: z.number().default(0) })
    .nullish(),
  required_status_checks: checksSchema.nullish(),
});
const rulesSchema = z.array(
  z.object({
    type: z.string(),
    parameters: z
      .object({
        required_approving_review_count: z.number().optional(),
        required_status_checks: z.array(z.unknown()).optional(),
      })
      .optional(),
  }),
);

/**
 * How the default branch of a repository is protected.
 *
 * @internal
 */
export interface Protection {
  defaultBranch: string;
  enabled: boolean;
  requiredReviews: number;
  requiresStatusChecks: boolean;
}

/**
 * Reads the protection of the default branch: by a branch protection rule, by
 * rulesets, or by both, in which case the stricter holds.
 *
 * @throws when something is not to be seen: that is not the same as no protection
 * @internal
 */
export async function readProtection(
  reader: ConditionalReader,
  repository: string,
): Promise<Protection> {
  const path = `/repos/${repository}`;
  const { default_branch: defaultBranch } = await reader.read(
    path,
    repositorySchema,
  );
  const name = encodeURIComponent(defaultBranch);
  const branch = await unless(
    // A repository without a commit
    error => /Branch not found/.test(error.message),
    () => reader.read(`${path}/branches/${name}`, branchSchema),
  );
  const protection = branch?.protected
    ? await readBranchProtection(reader, `${path}/branches/${name}/protection`)
    : undefined;
  const rules =
    (await unless(
      // GitHub Enterprise Server before 3.11, and plans without rulesets
      error => error.name === 'NotFoundError' || isMatterOfPlan(error),
      () =>
        reader.read(`${path}/rules/branches/${name}?per_page=100`, rulesSchema),
    )) ?? [];

  const checks = protection?.required_status_checks;
  const parameters = rules.map(rule => rule.parameters ?? {});
  return {
    defaultBranch,
    enabled: protection !== undefined || rules.length > 0,
    requiredReviews: Math.max(
      protection?.required_pull_request_reviews
        ?.required_approving_review_count ?? 0,
      ...parameters.map(
        ({ required_approving_review_count: count = 0 }) => count,
      ),
    ),
    requiresStatusChecks:
      (checks?.checks.length ?? 0) > 0 ||
      (checks?.contexts.length ?? 0) > 0 ||
      parameters.some(
        ({ required_status_checks: list = [] }) => list.length > 0,
      ),
  };
}

async function readBranchProtection(reader: ConditionalReader, path: string) {
  try {
    return await unless(
      // Protected by a ruleset only
      error =>
        /Branch not protected/.test(error.message) || isMatterOfPlan(error),
      () => reader.read(path, protectionSchema),
    );
  } catch (error) {
    const { name, message } = toError(error);
    if (name === 'NotFoundError' || name === 'NotAllowedError') {
      throw new NotAllowedError(
        `The branch is protected, but how is not to be seen: the credentials of integrations.github need the permission "Administration: read" (${message})`,
      );
    }
    throw error;
  }
}

/** Private repositories of some plans cannot be protected at all. */
function isMatterOfPlan(error: Error): boolean {
  return /Upgrade to GitHub/.test(error.message);
}

/** @returns undefined for an error that means that there is none */
async function unless<T>(
  means: (error: Error) => boolean,
  read: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (means(toError(error))) {
      return undefined;
    }
    throw error;
  }
}
