import { parseEntityRef } from '@backstage/catalog-model';
import type { ScorecardPredicate } from '@waymark/plugin-scorecards-common';
import {
  readPredicate,
  UnreadablePredicate,
  type Condition,
  type Question,
} from './readPredicate';

const KINDS: Record<string, string> = {
  api: 'APIs',
  component: 'Components',
  domain: 'Domains',
  group: 'Groups',
  location: 'Locations',
  resource: 'Resources',
  scorecard: 'Scorecards',
  system: 'Systems',
  template: 'Templates',
  user: 'Users',
};

const list = (type: 'conjunction' | 'disjunction') => (parts: string[]) =>
  new Intl.ListFormat('en-GB', { type }).format(parts);
const or = list('disjunction');
const and = list('conjunction');

/** What follows `are` or `are not`; fields that are not here are named. */
const STATES: Record<string, (values: string[]) => string> = {
  kind: values => or(values.map(describeKind)),
  'metadata.name': values => `named ${or(values)}`,
  'metadata.namespace': values => `in the namespace ${or(values)}`,
  'relations.ownedBy': values => `owned by ${or(values.map(nameOf))}`,
  'relations.partOf': values => `part of ${or(values.map(nameOf))}`,
  'spec.domain': values => `in the domain ${or(values.map(nameOf))}`,
  'spec.lifecycle': values => or(values.map(describeLifecycle)),
  'spec.owner': values => `owned by ${or(values.map(nameOf))}`,
  'spec.system': values => `in the system ${or(values.map(nameOf))}`,
  'spec.type': values => `of type ${or(values)}`,
};

/** What one says when a field is there, and when it is not. */
const POSSESSIONS: Record<string, [there: string, absent: string]> = {
  'metadata.description': ['have a description', 'have no description'],
  'metadata.tags': ['have tags', 'have no tags'],
  'spec.consumesApis': ['consume APIs', 'consume no APIs'],
  'spec.dependsOn': ['depend on something', 'depend on nothing'],
  'spec.domain': ['belong to a domain', 'belong to no domain'],
  'spec.owner': ['have an owner', 'have no owner'],
  'spec.providesApis': ['provide APIs', 'provide no APIs'],
  'spec.system': ['belong to a system', 'belong to no system'],
};

const RELATIONS: Record<string, [holds: string, not: string]> = {
  consumesApi: ['consume', 'do not consume'],
  dependencyOf: ['are needed by', 'are not needed by'],
  dependsOn: ['depend on', 'do not depend on'],
  hasPart: ['have as a part', 'do not have as a part'],
  ownedBy: ['are owned by', 'are not owned by'],
  partOf: ['are part of', 'are not part of'],
  providesApi: ['provide', 'do not provide'],
};

function describeKind(kind: string): string {
  return KINDS[kind.toLocaleLowerCase('en-US')] ?? `of kind ${kind}`;
}

function describeLifecycle(lifecycle: string): string {
  if (lifecycle === 'production') {
    return 'in production';
  }
  return ['deprecated', 'experimental'].includes(lifecycle)
    ? lifecycle
    : `in the lifecycle ${lifecycle}`;
}

/** Of an entity: what is the same for nearly all of them is left out. */
function nameOf(ref: string): string {
  if (!/^[^:/]+:[^:/]+\/[^:/]+$/.test(ref)) {
    return ref;
  }
  const { namespace, name } = parseEntityRef(ref);
  return namespace === 'default' ? name : `${namespace}/${name}`;
}

/** `metadata.annotations.a.b/c` is the annotation `a.b/c`. */
function nameField(path: string): string {
  const [, sort, name] =
    /^metadata\.(annotation|label)s\.(.+)$/.exec(path) ?? [];
  return sort ? `the ${sort} ${name}` : path;
}

function describeQuestion(
  path: string,
  question: Question,
  isNegated: boolean,
): string {
  const not = isNegated ? 'not ' : '';
  const have = isNegated ? 'do not have' : 'have';
  switch (question.ask) {
    case 'is':
      return STATES[path]
        ? `are ${not}${STATES[path](question.values)}`
        : `${have} ${nameField(path)} ${or(question.values)}`;
    case 'exists':
      return (
        POSSESSIONS[path]?.[isNegated ? 1 : 0] ?? `${have} ${nameField(path)}`
      );
    case 'begins':
      return path === 'metadata.name'
        ? `have a name that ${isNegated ? 'does not begin' : 'begins'} with ${
            question.prefix
          }`
        : `${have} ${nameField(path)} that begins with ${question.prefix}`;
    case 'contains':
      return path === 'metadata.tags'
        ? `are ${not}tagged ${or(question.values)}`
        : `${have} ${or(question.values)} in ${nameField(path)}`;
    case 'relates': {
      const { type, targets } = question;
      const verb = RELATIONS[type]?.[isNegated ? 1 : 0];
      return verb && targets.length > 0
        ? `${verb} ${or(targets.map(nameOf))}`
        : `${have} a relation ${[
            type,
            ...(targets.length > 0 ? [or(targets.map(nameOf))] : []),
          ].join(' to ')}`;
    }
    default:
      throw new UnreadablePredicate();
  }
}

function describeCondition(condition: Condition): string {
  if ('either' in condition) {
    return `either ${or(
      condition.either.map(all => and(all.map(describeCondition))),
    )}`;
  }
  const { path, question, isNegated } = condition;
  return describeQuestion(path, question, isNegated);
}

/** The values of a field that it has to have, when that is all that is asked of it. */
function valuesOf(condition: Condition, path: string): string[] | undefined {
  return !('either' in condition) &&
    condition.path === path &&
    condition.question.ask === 'is' &&
    !condition.isNegated
    ? condition.question.values
    : undefined;
}

function describeAll(conditions: Condition[], everything: string): string {
  const kinds = conditions.find(each => valuesOf(each, 'kind'));
  const types = conditions.find(each => valuesOf(each, 'spec.type'));
  const rest = conditions.filter(
    each =>
      each !== kinds &&
      each !== types &&
      // Every entity has one: it is how to say that all are meant
      !(
        'path' in each &&
        each.path === 'kind' &&
        each.question.ask === 'exists' &&
        !each.isNegated
      ),
  );
  const subject = kinds
    ? and(
        valuesOf(kinds, 'kind')!.map(
          kind =>
            KINDS[kind.toLocaleLowerCase('en-US')] ??
            `entities of kind ${kind}`,
        ),
      )
    : everything;
  return [
    subject,
    ...(types ? [`of type ${or(valuesOf(types, 'spec.type')!)}`] : []),
    ...(rest.length > 0 ? [`that ${and(rest.map(describeCondition))}`] : []),
  ].join(' ');
}

/**
 * A filter predicate over entities in plain words: `Components of type service that
 * are not deprecated`.
 *
 * @param options - `everything`: what it narrows, when it names no kind
 * @returns undefined for a shape that has no words here: show the predicate itself
 */
export function describePredicate(
  predicate: ScorecardPredicate,
  options: { everything?: string } = {},
): string | undefined {
  const { everything = 'All entities' } = options;
  try {
    const conditions = readPredicate(predicate);
    const [only] = conditions;
    // One list after the other rather than one condition with many sides
    const sets =
      conditions.length === 1 &&
      'either' in only &&
      only.either.every(all => all.some(each => valuesOf(each, 'kind')))
        ? only.either
        : [conditions];
    const text = sets.map(all => describeAll(all, everything)).join(', and ');
    return `${text.charAt(0).toLocaleUpperCase('en-US')}${text.slice(1)}`;
  } catch (error) {
    if (error instanceof UnreadablePredicate) {
      return undefined;
    }
    throw error;
  }
}
