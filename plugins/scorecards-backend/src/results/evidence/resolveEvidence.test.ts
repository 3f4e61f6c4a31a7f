import { FilterPredicate } from '@backstage/filter-predicates';
import { JsonValue } from '@backstage/types';
import { RuleOutcome } from '@waymark/plugin-scorecards-common';
import { FactIndex } from './FactIndex';
import { EvidenceSource, resolveEvidence } from './resolveEvidence';

const NOW = Date.parse('2026-11-20T08:00:00Z');
const DAY = 86_400_000;

describe('resolveEvidence', () => {
  const sourceOf = (
    facts: { [name: string]: JsonValue },
    more: Partial<EvidenceSource> = {},
  ): EvidenceSource => ({
    document: () => ({
      kind: 'Component',
      metadata: { name: 'checkout', description: 'x'.repeat(600) },
      spec: { lifecycle: 'experimental' },
    }),
    facts: new FactIndex(
      Object.entries(facts).map(([name, value]) => ({
        name,
        value: JSON.stringify(value),
        observedAt: NOW - DAY,
        source: 'ci',
        collectorId: 'reports',
      })),
    ),
    failureOf: () => undefined,
    failureFor: () => undefined,
    ...more,
  });
  const evidence = (
    options: Omit<Parameters<typeof resolveEvidence>[0], 'at' | 'rule'> & {
      check: string;
      maxAge?: number;
    },
  ) => {
    const { check, maxAge, ...rest } = options;
    return resolveEvidence({ at: NOW, rule: { check, maxAge }, ...rest });
  };

  it('finds the fact of a path, what is below it, and what it is a part of', () => {
    const source = sourceOf({
      'coverage.percent': 81.5,
      'coverage.lines': 100,
      scm: { protection: { reviews: 2 } },
    });
    const paths = (check: string) =>
      evidence({ check, outcome: 'pass', source }).inputs.map(
        ({ path, value }) => [path, value],
      );
    expect(paths('facts.coverage.percent > 80')).toEqual([
      ['facts.coverage.percent', 81.5],
    ]);
    expect(paths('size(facts.coverage) > 1')).toEqual([
      ['facts.coverage.percent', 81.5],
      ['facts.coverage.lines', 100],
    ]);
    expect(paths('facts.scm.protection.reviews > 1')).toEqual([
      ['facts.scm.protection.reviews', 2],
    ]);
    expect(paths('facts.scm.protection.owners > 1')).toEqual([
      ['facts.scm.protection.owners', undefined],
    ]);
    expect(paths('entity.spec.lifecycle == "production"')).toEqual([
      ['entity.spec.lifecycle', 'experimental'],
    ]);
  });

  it.each<[RuleOutcome, string, { [name: string]: JsonValue }, string]>([
    [
      'fail',
      'facts.slo.missing == []',
      { 'slo.missing': ['GET /a', 'GET /b', 'GET /c', 'GET /d'] },
      'The check does not hold: facts.slo.missing has "GET /a", "GET /b", "GET /c" and 1 more.',
    ],
    [
      'fail',
      "facts.onCall.rotation != ''",
      { 'onCall.rotation': '' },
      'The check does not hold: facts.onCall.rotation is empty.',
    ],
    [
      'noData',
      "facts.onCall.rotation != ''",
      {},
      'Nobody has reported onCall.rotation yet.',
    ],
    [
      'noData',
      'facts.a.x > facts.b.y',
      {},
      'Nobody has reported a.x and b.y yet.',
    ],
    [
      'error',
      'facts.a.x > 1',
      { 'a.x': 'text' },
      'The check could not be evaluated: no such overload.',
    ],
  ])('says in words: %s of %s', (outcome, check, facts, message) => {
    expect(
      evidence({
        check,
        outcome,
        detail: outcome === 'error' ? 'no such overload' : undefined,
        source: sourceOf(facts),
      }).message,
    ).toBe(message);
  });

  it.each<[FilterPredicate, string]>([
    [
      { 'spec.type': 'service', 'spec.providesApis': { $exists: true } },
      'This rule is for entities with spec.type "service" and spec.providesApis only.',
    ],
    [
      { 'spec.providesApis': { $exists: true }, 'spec.type': { $in: ['x'] } },
      'This rule is not for this entity.',
    ],
    [{ $not: { kind: 'API' } }, 'This rule is not for this entity.'],
  ])('says for whom a rule is: %j', (appliesTo, message) => {
    expect(
      resolveEvidence({
        at: NOW,
        rule: { check: 'true', appliesTo },
        outcome: 'notApplicable',
        source: sourceOf({}),
      }).message,
    ).toBe(message);
  });

  it('marks what is too old, and what could not be collected again', () => {
    const source = sourceOf(
      { 'a.x': 1 },
      { failureOf: id => `${id} is not there` },
    );
    const check = 'facts.a.x == 1';
    expect(
      evidence({ check, maxAge: DAY / 2, outcome: 'noData', source }),
    ).toMatchObject({
      inputs: [
        { expired: true, stale: true, staleReason: 'reports is not there' },
      ],
      message:
        'a.x is older than 12 hours, which is as old as this rule accepts.',
    });
    // Of the past only the first observation is known: it says nothing of the age
    expect(
      evidence({
        check,
        maxAge: DAY / 2,
        outcome: 'pass',
        source,
        isPast: true,
      }).inputs[0],
    ).not.toHaveProperty('expired');
    expect(
      evidence({
        check: 'facts.b.y == 1',
        outcome: 'noData',
        source: sourceOf({}, { failureFor: () => 'No connection' }),
      }).message,
    ).toContain('The last try to collect it failed: No connection');
  });

  it('does not miss what an expression asks for itself', () => {
    expect(
      evidence({
        check: 'has(facts.a.x) && facts.a.x == 1',
        outcome: 'fail',
        source: sourceOf({}),
      }),
    ).toMatchObject({
      inputs: [{ path: 'facts.a.x' }],
      message: 'The check does not hold: facts.a.x is missing.',
    });
  });

  it('tells what would be without the exemption', () => {
    expect(
      evidence({
        check: 'facts.a.x == 1',
        outcome: 'exempt',
        detail: 'noData',
        source: sourceOf({}),
        excused: { until: '2027-01-31T00:00:00.000Z', reason: 'In version 2' },
      }),
    ).toMatchObject({
      message: 'Excused until 2027-01-31: In version 2',
      withoutExemption: 'noData',
    });
  });

  it('shortens what is too long to read', () => {
    const inputs = (check: string, facts: { [name: string]: JsonValue } = {}) =>
      evidence({ check, outcome: 'pass', source: sourceOf(facts) }).inputs;
    const [text] = inputs('entity.metadata.description != ""');
    expect(text).toMatchObject({ truncated: true });
    expect(text.value).toHaveLength(501);
    const [list] = inputs('size(facts.a) > 1', {
      a: Array.from({ length: 1000 }, (_, i) => `item ${i}`),
    });
    expect(list).toMatchObject({ truncated: true });
    expect(list.value).toHaveLength(50);
    const [map] = inputs('facts.a != {}', { a: { b: 'x'.repeat(5000) } });
    expect(map).toEqual(expect.not.objectContaining({ value: map }));
    expect(map).toMatchObject({ truncated: true });
  });
});
