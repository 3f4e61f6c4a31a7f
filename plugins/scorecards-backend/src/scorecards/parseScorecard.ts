import { createHash } from 'node:crypto';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { FilterPredicate } from '@backstage/filter-predicates';
import { canonicalJson } from '@waymark/backend-support';
import {
  ScorecardEntityV1alpha1,
  ScorecardLifecycle,
  ScorecardRule,
} from '@waymark/plugin-scorecards-common';
import { maxAgeMillis } from '@waymark/plugin-scorecards-node';
import { RuleRevisionContent } from './RuleRevisionContent';

/**
 * A scorecard before it has ids of the database.
 *
 * @internal
 */
export interface ParsedScorecard {
  ref: string;
  lifecycle: ScorecardLifecycle;
  title: string;
  description?: string;
  /** An entity ref in full. */
  owner: string;
  levels: { id: string; title: string }[];
  population: FilterPredicate;
  rules: ParsedRule[];
  entity: ScorecardEntityV1alpha1;
}

/** @internal */
export interface ParsedRule {
  key: string;
  title: string;
  level: number;
  weight: number;
  check: string;
  appliesTo?: FilterPredicate;
  effectiveFrom?: number;
  maxAge?: number;
  source: ScorecardRule;
}

function capitalised(id: string): string {
  return id.charAt(0).toLocaleUpperCase('en-US') + id.slice(1);
}

/**
 * What a scorecard means, defaults filled in.
 *
 * @param entity - one that `validateScorecard` has nothing to say about
 * @internal
 */
export function parseScorecard(
  entity: ScorecardEntityV1alpha1,
): ParsedScorecard {
  const { metadata, spec } = entity;
  const levels = spec.levels.map(({ id, title }) => ({
    id,
    title: title ?? capitalised(id),
  }));
  return {
    ref: stringifyEntityRef(entity),
    lifecycle: spec.lifecycle ?? 'live',
    title: metadata.title ?? metadata.name,
    description: metadata.description,
    owner: stringifyEntityRef(
      parseEntityRef(spec.owner, {
        defaultKind: 'Group',
        defaultNamespace: metadata.namespace,
      }),
    ),
    levels,
    population: spec.appliesTo as FilterPredicate,
    rules: spec.rules.map(rule => ({
      key: rule.id,
      title: rule.title,
      level: levels.findIndex(({ id }) => id === rule.level) + 1,
      weight: rule.weight ?? 1,
      check: rule.check,
      appliesTo: rule.appliesTo as FilterPredicate | undefined,
      effectiveFrom:
        rule.effectiveFrom === undefined
          ? undefined
          : Date.parse(rule.effectiveFrom),
      maxAge: maxAgeMillis(rule.maxAge),
      source: rule,
    })),
    entity,
  };
}

/**
 * What of a rule may change an outcome, or what it is worth: when this changes,
 * the rule has a new revision.
 *
 * @internal
 */
export function ruleRevision(
  scorecard: ParsedScorecard,
  rule: ParsedRule,
): { digest: string; definition: string } {
  const content: RuleRevisionContent = {
    check: rule.check,
    population: scorecard.population,
    appliesTo: rule.appliesTo,
    level: rule.source.level,
    weight: rule.weight,
    effectiveFrom: rule.effectiveFrom,
    maxAge: rule.maxAge,
  };
  const definition = canonicalJson(content);
  return {
    digest: createHash('sha256').update(definition).digest('hex'),
    definition,
  };
}
