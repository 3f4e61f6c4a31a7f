import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { JsonValue } from '@backstage/types';
import { RuleOutcome } from '@waymark/plugin-scorecards-common';

const HOUR = 3_600_000;

/** What an expression comes to, over facts by name and the entity. */
type Meaning = (
  facts: ReadonlyMap<string, JsonValue>,
  spec: { [key: string]: unknown },
) => RuleOutcome;

const passIf = (condition: boolean): RuleOutcome =>
  condition ? 'pass' : 'fail';

/** Expressions, and what each means in words of this model. */
export const CHECKS = new Map<string, Meaning>([
  [
    'facts.coverage >= 80',
    facts => {
      const value = facts.get('coverage');
      if (value === undefined) {
        return 'noData';
      }
      return typeof value === 'number' ? passIf(value >= 80) : 'error';
    },
  ],
  [
    'size(facts.scan) > 1',
    facts => {
      const parts = [...facts.keys()].filter(name => name.startsWith('scan.'));
      return parts.length === 0 ? 'noData' : passIf(parts.length > 1);
    },
  ],
  ['has(facts.coverage)', facts => passIf(facts.has('coverage'))],
  ['entity.spec.owner == "a"', (_, { owner }) => passIf(owner === 'a')],
]);

/** A rule of a scorecard, as it is written. */
export interface ModelRule {
  id: string;
  check: string;
  level?: string;
  weight?: number;
  maxAge?: { hours: number };
  effectiveFrom?: string;
  appliesTo?: { [path: string]: string };
}

/** A scorecard, as it is written. */
export interface ModelScorecard {
  lifecycle: string;
  levels: string[];
  appliesTo: { [path: string]: string };
  rules: ModelRule[];
}

interface ModelFact {
  value: JsonValue;
  observedAt: number;
  source: string;
  collectorId: string | undefined;
}

/** How a rule comes out. */
export interface ExpectedOutcome {
  outcome: RuleOutcome;
  /** Changes when a new transition is due. */
  reason: string;
}

/** Where an entity stands. */
export interface ExpectedStanding {
  level: number;
  throughExemption: boolean;
  score: number | null;
}

/**
 * How scorecards come out, told as simply as can be: everything from the start,
 * for one entity at a time, with nothing stored but what was said.
 */
export class ScorecardModel {
  readonly entities = new Map<string, Entity>();
  readonly facts = new Map<string, Map<string, ModelFact>>();
  readonly scorecards = new Map<string, ModelScorecard>();
  readonly exemptions: {
    id: string;
    ref: string;
    rule: string;
    from: number;
    until: number;
    isRevoked: boolean;
  }[] = [];

  constructor(readonly clock: { now: number }) {}

  put(entity: Entity): void {
    this.entities.set(stringifyEntityRef(entity), entity);
  }

  /** A later observation wins, unless it cannot have been made yet. */
  observe(ref: string, name: string, fact: ModelFact): void {
    const facts = this.facts.get(ref) ?? new Map<string, ModelFact>();
    this.facts.set(ref, facts);
    const before = facts.get(name);
    if (
      !before ||
      before.observedAt <= fact.observedAt ||
      before.observedAt > this.clock.now + HOUR / 12
    ) {
      facts.set(name, fact);
    }
  }

  /** A collector says nothing else about an entity any more. */
  keepOnly(ref: string, collectorId: string, names: readonly string[]): void {
    for (const [name, fact] of this.facts.get(ref) ?? []) {
      if (fact.collectorId === collectorId && !names.includes(name)) {
        this.facts.get(ref)!.delete(name);
      }
    }
  }

  /** By `scorecard/rule`. */
  outcomes(ref: string): { [rule: string]: ExpectedOutcome } {
    const spec = this.#spec(ref);
    const all: { [rule: string]: ExpectedOutcome } = {};
    for (const [name, card] of this.#scorecardsOf(ref)) {
      for (const rule of card.rules) {
        const key = `${name}/${rule.id}`;
        let outcome = this.#matches(ref, rule.appliesTo ?? {})
          ? CHECKS.get(rule.check)!(this.#freshFacts(ref, rule), spec)
          : 'notApplicable';
        const reason: unknown[] = [rule, card.appliesTo, outcome];
        const exemption = this.#exemptionOf(ref, key);
        if (exemption && ['fail', 'noData', 'error'].includes(outcome)) {
          outcome = 'exempt';
          reason.push(exemption);
        }
        all[key] = { outcome, reason: JSON.stringify(reason) };
      }
    }
    return all;
  }

  /** By the name of the scorecard. */
  standings(ref: string): { [scorecard: string]: ExpectedStanding } {
    const outcomes = this.outcomes(ref);
    return Object.fromEntries(
      this.#scorecardsOf(ref).map(([name, card]) => [
        name,
        this.#standing(card, rule => outcomes[`${name}/${rule.id}`].outcome),
      ]),
    );
  }

  #standing(
    card: ModelScorecard,
    outcomeOf: (rule: ModelRule) => RuleOutcome,
  ): ExpectedStanding {
    const counting = card.rules
      .filter(
        ({ effectiveFrom }) =>
          effectiveFrom === undefined ||
          Date.parse(effectiveFrom) <= this.clock.now,
      )
      .map(rule => ({ ...rule, outcome: outcomeOf(rule) }))
      .filter(({ outcome }) => outcome !== 'notApplicable');
    let level = 0;
    for (const [index, id] of card.levels.entries()) {
      const rules = counting.filter(rule => rule.level === id);
      if (!rules.every(({ outcome }) => ['pass', 'exempt'].includes(outcome))) {
        break;
      }
      level = rules.length > 0 ? index + 1 : level;
    }
    const reached = card.levels.slice(0, level);
    const weigh = (rules: ModelRule[]) =>
      rules.reduce((sum, { weight = 1 }) => sum + weight, 0);
    const scored = counting.filter(({ outcome }) => outcome !== 'exempt');
    const passed = scored.filter(({ outcome }) => outcome === 'pass');
    return {
      level,
      throughExemption: counting.some(
        rule => rule.outcome === 'exempt' && reached.includes(rule.level!),
      ),
      score:
        scored.length === 0
          ? null
          : Math.round((10_000 * weigh(passed)) / weigh(scored)) / 100,
    };
  }

  #scorecardsOf(ref: string): [string, ModelScorecard][] {
    return [...this.scorecards].filter(
      ([, { lifecycle, appliesTo }]) =>
        lifecycle !== 'retired' &&
        this.entities.has(ref) &&
        this.#matches(ref, appliesTo),
    );
  }

  #spec(ref: string): { [key: string]: unknown } {
    return this.entities.get(ref)?.spec ?? {};
  }

  #matches(ref: string, predicate: { [path: string]: string }): boolean {
    return Object.entries(predicate).every(([path, wanted]) =>
      path === 'kind'
        ? this.entities.get(ref)!.kind === wanted
        : this.#spec(ref)[path.slice('spec.'.length)] === wanted,
    );
  }

  #freshFacts(ref: string, { maxAge }: ModelRule): Map<string, JsonValue> {
    const fresh = [...(this.facts.get(ref) ?? [])].filter(
      ([, { observedAt }]) =>
        !maxAge ||
        this.clock.now < observedAt + Math.round(maxAge.hours * HOUR),
    );
    return new Map(fresh.map(([name, { value }]) => [name, value]));
  }

  #exemptionOf(ref: string, rule: string): string | undefined {
    const { now } = this.clock;
    return this.exemptions.findLast(
      one =>
        one.ref === ref &&
        one.rule === rule &&
        !one.isRevoked &&
        one.from <= now &&
        now < one.until,
    )?.id;
  }
}
