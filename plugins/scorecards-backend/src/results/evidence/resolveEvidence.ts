import { FilterPredicate } from '@backstage/filter-predicates';
import { JsonValue } from '@backstage/types';
import {
  Evidence,
  EvidenceInput,
  RULE_OUTCOMES,
  RuleOutcome,
} from '@waymark/plugin-scorecards-common';
import { isExpired, valueAt } from '@waymark/plugin-scorecards-node';
import { CheckPath, pathsOf } from './CheckAnalyses';
import { EvidenceFact, FactIndex } from './FactIndex';
import { limitValue } from './limitValue';
import { messageOf } from './messages';

/** Of one rule: an expression may look at all facts there are. */
const MAX_INPUTS = 50;

/**
 * What an evaluation saw of an entity.
 *
 * @internal
 */
export interface EvidenceSource {
  /** The entity. */
  document(): unknown;
  facts: FactIndex;
  /** Why a collector failed at its last try for this entity. */
  failureOf(collectorId: string): string | undefined;
  /** As {@link EvidenceSource.failureOf}, of the collector that would tell a fact. */
  failureFor(factName: string): string | undefined;
}

/**
 * The inputs that an expression read, and in words why it came out as it did.
 *
 * @param options - `at`: for which time, in milliseconds; `isPast`: then facts
 * carry the time since which they were as they are, which says nothing of their
 * age
 * @internal
 */
export function resolveEvidence(options: {
  rule: { check: string; maxAge?: number; appliesTo?: FilterPredicate };
  outcome: RuleOutcome;
  detail?: string;
  source: EvidenceSource;
  at: number;
  isPast?: boolean;
  excused?: { until: string; reason: string };
}): Evidence {
  const { rule, outcome, detail, source, excused } = options;
  if (outcome === 'notApplicable') {
    return {
      expression: rule.check,
      inputs: predicateInputs(rule.appliesTo, source),
      message: messageOf({
        outcome,
        inputs: [],
        missing: [],
        appliesTo: rule.appliesTo,
      }),
    };
  }

  const underneath = outcome === 'exempt' ? outcomeOfDetail(detail) : undefined;
  const paths = pathsOf(rule.check);
  const inputs: EvidenceInput[] = [];
  const missing: string[] = [];
  let failure: string | undefined;
  for (const path of paths.facts) {
    const found = source.facts.find(path.segments);
    for (const { fact, rest } of found) {
      inputs.push(factInput({ ...options, path, fact, rest }));
    }
    if (found.length === 0) {
      inputs.push({ path: pathText('facts', path) });
      if (!path.guarded) {
        missing.push(pathText('facts', path));
        failure ??= source.failureFor(path.path);
      }
    }
  }
  for (const path of paths.entity) {
    inputs.push({
      path: pathText('entity', path),
      ...limited(valueAt(source.document(), path.segments)),
    });
  }
  return {
    expression: rule.check,
    inputs: inputs.slice(0, MAX_INPUTS),
    message: messageOf({
      outcome,
      detail,
      inputs,
      missing,
      failure,
      maxAge: rule.maxAge,
      excused,
    }),
    ...(underneath && { withoutExemption: underneath }),
  };
}

function factInput(options: {
  path: CheckPath;
  fact: EvidenceFact;
  rest: string[];
  rule: { maxAge?: number };
  outcome: RuleOutcome;
  source: EvidenceSource;
  at: number;
  isPast?: boolean;
}): EvidenceInput {
  const { path, fact, rest, rule, outcome, source, at, isPast } = options;
  const isOld = isExpired({
    observedAt: fact.observedAt,
    maxAge: rule.maxAge,
    now: at,
  });
  const mayBeExpired = !isPast || outcome === 'noData' || outcome === 'exempt';
  const staleReason =
    fact.collectorId === null ? undefined : source.failureOf(fact.collectorId);
  return {
    path: rest.length > 0 ? pathText('facts', path) : `facts.${fact.name}`,
    ...limited(valueAt(JSON.parse(fact.value), rest)),
    observedAt: new Date(fact.observedAt).toISOString(),
    source: fact.source,
    ...(isOld && mayBeExpired && { expired: true }),
    ...(staleReason !== undefined && { stale: true, staleReason }),
  };
}

function predicateInputs(
  predicate: FilterPredicate | undefined,
  source: EvidenceSource,
): EvidenceInput[] {
  if (typeof predicate !== 'object' || predicate === null) {
    return [];
  }
  return Object.keys(predicate)
    .filter(key => !key.startsWith('$'))
    .slice(0, MAX_INPUTS)
    .map(key => ({
      path: `entity.${key}`,
      ...limited(valueAt(source.document(), key.split('.'))),
    }));
}

function limited(value: unknown): Pick<EvidenceInput, 'value' | 'truncated'> {
  return value === undefined ? {} : limitValue(value as JsonValue);
}

function pathText(root: string, { path }: CheckPath): string {
  return path ? `${root}.${path}` : root;
}

/**
 * What an exempt outcome would be without the exemption: its detail tells that, and
 * what went wrong.
 *
 * @internal
 */
export function outcomeOfDetail(
  detail: string | undefined,
): RuleOutcome | undefined {
  return RULE_OUTCOMES.find(
    outcome => detail === outcome || detail?.startsWith(`${outcome}:`),
  );
}
