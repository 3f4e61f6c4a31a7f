import {
  DEFAULT_NAMESPACE,
  Entity,
  KubernetesValidatorFunctions,
} from '@backstage/catalog-model';
import {
  SCORECARD_LIMITS,
  ScorecardEntityV1alpha1,
} from '@waymark/plugin-scorecards-common';
import { ScorecardIssue } from './ScorecardIssue';
import { predicateReason } from './validation/predicate';
import { ruleIssues } from './validation/ruleIssues';
import { structureIssues } from './validation/structure';
import { refReason } from './validation/values';

/** Values in files nest less deep than this. */
const MAX_DEPTH = 100;

/** Aliases of YAML can make very much of very little. */
const MAX_VALUES = 100_000;

function sizeReason(entity: unknown): string | undefined {
  let values = 0;
  const stack = [{ value: entity, depth: 0 }];
  for (let next = stack.pop(); next; next = stack.pop()) {
    values += 1;
    if (values > MAX_VALUES) {
      return `has more than ${MAX_VALUES} values`;
    }
    if (next.depth > MAX_DEPTH) {
      return `is nested more than ${MAX_DEPTH} levels deep`;
    }
    if (typeof next.value === 'object' && next.value !== null) {
      for (const value of Object.values(next.value)) {
        stack.push({ value, depth: next.depth + 1 });
      }
    }
  }
  return undefined;
}

function duplicates(path: string, items: { id: string }[]): ScorecardIssue[] {
  const seen = new Set<string>();
  return items.flatMap(({ id }, index) => {
    const isDuplicate = seen.has(id);
    seen.add(id);
    return isDuplicate
      ? [{ path: `${path}[${index}].id`, reason: `there is another ${id}` }]
      : [];
  });
}

/** What is said of a name, besides that it is there. */
function metadataIssues(metadata: Entity['metadata']): ScorecardIssue[] {
  const issues: ScorecardIssue[] = [];
  if (!KubernetesValidatorFunctions.isValidObjectName(metadata.name)) {
    issues.push({
      path: 'metadata.name',
      reason: 'must be of letters and digits, with -, _ and . within',
    });
  }
  if (
    metadata.namespace !== undefined &&
    !KubernetesValidatorFunctions.isValidNamespace(metadata.namespace)
  ) {
    issues.push({
      path: 'metadata.namespace',
      reason: 'must be of lower case letters and digits, with dashes within',
    });
  }
  return issues;
}

function contentIssues(
  entity: ScorecardEntityV1alpha1,
  isSound: (path: string) => boolean,
): ScorecardIssue[] {
  const { metadata, spec } = entity;
  const namespace = metadata.namespace ?? DEFAULT_NAMESPACE;
  const issues = metadataIssues(metadata);
  const owner = refReason(spec.owner, { kinds: ['group', 'user'], namespace });
  if (owner) {
    issues.push({ path: 'spec.owner', reason: owner });
  }
  const population = predicateReason(spec.appliesTo as object);
  if (population) {
    issues.push({ path: 'spec.appliesTo', reason: population });
  }
  issues.push(...duplicates('spec.levels', spec.levels));
  issues.push(...duplicates('spec.rules', spec.rules));
  return [...issues, ...allRuleIssues(entity, isSound)];
}

function allRuleIssues(
  entity: ScorecardEntityV1alpha1,
  isSound: (path: string) => boolean,
): ScorecardIssue[] {
  const { metadata, spec } = entity;
  const namespace = metadata.namespace ?? DEFAULT_NAMESPACE;
  const levels = spec.levels.map(level => level.id);
  return spec.rules.flatMap((rule, index) => {
    const path = `spec.rules[${index}]`;
    return isSound(path)
      ? ruleIssues({ rule, levels, namespace }).map(issue => ({
          ...issue,
          path: `${path}.${issue.path}`,
        }))
      : [];
  });
}

/** Whether there are parts of which more than the structure can be said. */
function hasLists(entity: unknown): entity is ScorecardEntityV1alpha1 {
  const { metadata, spec } = (entity ?? {}) as Partial<ScorecardEntityV1alpha1>;
  return Boolean(
    metadata && spec && Array.isArray(spec.levels) && Array.isArray(spec.rules),
  );
}

/**
 * Finds all that is wrong with a scorecard. Takes whatever somebody may have
 * written.
 *
 * @public
 */
export function validateScorecard(entity: unknown): ScorecardIssue[] {
  const size = sizeReason(entity);
  if (size) {
    return [{ path: '', reason: size }];
  }
  if (hasLists(entity) && entity.spec.rules.length > SCORECARD_LIMITS.rules) {
    return [
      {
        path: 'spec.rules',
        reason: `has more than ${SCORECARD_LIMITS.rules} elements`,
      },
    ];
  }
  const issues = structureIssues(entity);
  const isSound = (path: string) =>
    !issues.some(
      issue => issue.path === path || issue.path.startsWith(`${path}.`),
    );
  if (issues.length === 0) {
    return contentIssues(entity as ScorecardEntityV1alpha1, isSound);
  }
  // What is wrong elsewhere is no reason to be told of these only afterwards
  return hasLists(entity) &&
    !issues.some(({ path }) =>
      /^(|metadata.*|spec|spec\.(levels|rules)|spec\.levels.*)$/.test(path),
    )
    ? [...issues, ...allRuleIssues(entity, isSound)]
    : issues;
}
