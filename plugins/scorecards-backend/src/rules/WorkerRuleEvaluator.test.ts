import { mockServices } from '@backstage/backend-test-utils';
import { parseFilterPredicate } from '@backstage/filter-predicates';
import { RuleOutcome } from '@waymark/plugin-scorecards-common';
import { OUTCOME_CODES } from '../database/outcomeCodes';
import {
  EvaluatedBatch,
  EvaluationBatch,
  RuleToEvaluate,
  SubjectToEvaluate,
} from './RuleEvaluator';
import { WorkerRuleEvaluator } from './WorkerRuleEvaluator';

const NOW = Date.parse('2026-11-20T08:00:00Z');
const HOUR = 3_600_000;
/** No sound rule takes as long, and each that runs away takes several times that. */
const LIMIT_MS = 250;

jest.setTimeout(120_000);

const component = (spec: object): string =>
  JSON.stringify({
    kind: 'Component',
    metadata: { name: 'timetable' },
    spec: { type: 'service', lifecycle: 'production', ...spec },
  });

const subject = (
  facts: { [name: string]: unknown } = {},
  options: { spec?: object; age?: number } = {},
): SubjectToEvaluate => ({
  document: component(options.spec ?? {}),
  facts: Object.entries(facts).map(([name, value]) => [
    name,
    JSON.stringify(value),
    NOW - (options.age ?? HOUR),
  ]),
});

const rule = (
  check: string,
  options: Partial<RuleToEvaluate> = {},
): RuleToEvaluate => ({
  id: check.slice(0, 20),
  check,
  population: { kind: 'Component', 'spec.type': 'service' },
  ...options,
});

/** The outcomes by subject, as words. */
function outcomes(batch: EvaluationBatch, { outcomes: codes }: EvaluatedBatch) {
  const names = new Map<number, RuleOutcome | '-'>([[0, '-']]);
  for (const [name, code] of Object.entries(OUTCOME_CODES)) {
    names.set(code, name as RuleOutcome);
  }
  const { length } = batch.rules;
  return batch.subjects.map((_, index) =>
    Array.from(codes.slice(index * length, (index + 1) * length), code =>
      names.get(code),
    ),
  );
}

// Makes a pattern that takes long to understand, and another one for each word
const slow = rule(
  `facts.words.all(w, !'-'.matches('(?i)${'\\\\p{L}'.repeat(90)}' + w))`,
);
const slowSubject = subject({
  words: Array.from({ length: 190 }, (_, index) => `word${index}`),
});

// Expressions are bounded; predicates with many paths on a large entity are not
const manyPaths = Array.from({ length: 400 }, (_, index) =>
  parseFilterPredicate({ [`metadata.annotations.${index}`]: 'yes' }),
);
const slowlySelected = rule('true', { appliesTo: [{ $any: manyPaths }] });
const largeSubject: SubjectToEvaluate = {
  document: JSON.stringify({
    ...JSON.parse(component({})),
    metadata: {
      annotations: Object.fromEntries(
        Array.from({ length: 50_000 }, (_, index) => [`a${index}`, 'no']),
      ),
    },
  }),
  facts: [],
};

describe('the evaluator', () => {
  const logger = mockServices.logger.mock();
  const evaluators: WorkerRuleEvaluator[] = [];
  const create = (
    options: Partial<ConstructorParameters<typeof WorkerRuleEvaluator>[0]> = {},
  ) => {
    const evaluator = new WorkerRuleEvaluator({ logger, ...options });
    evaluators.push(evaluator);
    return evaluator;
  };

  afterAll(async () => {
    await Promise.all(evaluators.map(evaluator => evaluator.close()));
  });

  it('comes to each outcome, and says when it will have to look again', async () => {
    const day = 24 * HOUR;
    const batch: EvaluationBatch = {
      now: NOW,
      rules: [
        rule('facts.coverage.percent >= 80', { maxAge: 2 * day }),
        rule("entity.spec.lifecycle == 'production'"),
        rule('facts.tests.passed == 80 && facts.tests.passed < 80.5', {
          appliesTo: [{ 'spec.lifecycle': 'production' }],
          maxAge: day,
        }),
        rule("entity.spec.owner == 'a'"),
        rule('has(facts.coverage) && facts.coverage.percent > 0', {
          maxAge: 6 * HOUR,
        }),
        rule('nonsense +', { population: { kind: 'Component' } }),
      ],
      subjects: [
        subject({ 'coverage.percent': 81.5, 'tests.passed': 80 }),
        subject(
          { 'coverage.percent': 80, 'tests.passed': 1 },
          { spec: { lifecycle: 'experimental', owner: 'a' }, age: 23 * HOUR },
        ),
        subject(
          { 'coverage.percent': 80, 'tests.passed': 80 },
          { age: 2 * day },
        ),
        subject({}, { spec: { type: 'library' } }),
      ],
    };
    const result = await create().evaluate(batch);
    expect(outcomes(batch, result)).toEqual([
      ['pass', 'pass', 'pass', 'error', 'pass', 'error'],
      ['pass', 'fail', 'notApplicable', 'pass', 'fail', 'error'],
      ['noData', 'pass', 'noData', 'error', 'fail', 'error'],
      ['-', '-', '-', '-', '-', 'error'],
    ]);
    expect(result.details.get(3)).toBe(
      'There is no entity.spec.owner: ask with has(entity.spec.owner) first',
    );
    expect(result.details.get(5)).toBe('Column 11: Unexpected token: the end');
    expect([...result.expiresAt]).toEqual([
      // The soonest of the rules that read the facts
      NOW - HOUR + 6 * HOUR,
      // Where it does not apply, nothing has to be looked at again
      NOW - 23 * HOUR + 2 * day,
      Infinity,
      Infinity,
    ]);
  });

  it('stops what runs away, and goes on with the others', async () => {
    const batch: EvaluationBatch = {
      now: NOW,
      rules: [rule('size(facts.words) > 0'), slow, rule('true')],
      subjects: [
        subject({ words: ['a'] }),
        slowSubject,
        subject({ words: ['a'] }),
        subject({ words: ['a'] }),
      ],
    };
    const result = await create({ maxEvaluationMs: LIMIT_MS }).evaluate(batch);
    expect(outcomes(batch, result)).toEqual([
      ['pass', 'pass', 'pass'],
      ['pass', 'error', 'pass'],
      // It is an error for those as well that were yet to come
      ['pass', 'error', 'pass'],
      ['pass', 'error', 'pass'],
    ]);
    expect(result.details.get(4)).toBe(
      'To evaluate it takes longer than 250 ms',
    );
    expect(logger.warn).toHaveBeenCalledTimes(1);
  });

  it('stops a predicate that runs away for one entity', async () => {
    const batch: EvaluationBatch = {
      now: NOW,
      rules: [rule('true'), slowlySelected],
      subjects: [subject(), largeSubject, subject()],
    };
    const result = await create({ maxEvaluationMs: LIMIT_MS }).evaluate(batch);
    expect(outcomes(batch, result)).toEqual([
      ['pass', 'notApplicable'],
      ['pass', 'error'],
      ['pass', 'notApplicable'],
    ]);
    expect(result.details.get(3)).toBe(
      'To find out whether it applies takes longer than 250 ms',
    );
  });

  it('goes on whatever a rule or a subject would take', async () => {
    const batch: EvaluationBatch = {
      now: NOW,
      rules: [
        rule('size(facts.words) > 0'),
        rule('facts.words.all(a, facts.words.all(b, a != 1 && b != 1))'),
        rule('facts.words.map(w, facts.text.upperAscii()).size() > 0'),
        rule("facts.text.matches('(x+x+)+y')"),
        rule(`[facts.text]${'.map(x, x + x)'.repeat(30)}.size() > 0`),
        rule('true'),
      ],
      subjects: [
        subject({ text: 'x'.repeat(16_000), words: Array(1000).fill('word') }),
        {
          document: component({}),
          facts: [['words', `[${'{},'.repeat(3_000_000)}1]`, NOW]],
        },
        subject({ words: ['a'], text: 'xxy' }),
      ],
    };
    const result = await create().evaluate(batch);
    expect(outcomes(batch, result)).toEqual([
      ['pass', 'error', 'pass', 'fail', 'error', 'pass'],
      ['error', 'error', 'error', 'error', 'error', 'error'],
      ['pass', 'pass', 'pass', 'pass', 'error', 'pass'],
    ]);
    expect([...result.details.values()]).toEqual(
      expect.arrayContaining([
        'It takes more than 1,000,000 steps: look at fewer or smaller values',
        'A text has more than 65,536 characters',
        'The entity and its facts have more than 4,000,000 characters',
      ]),
    );
  });

  it('stops a rule that takes all memory', async () => {
    const batch: EvaluationBatch = {
      now: NOW,
      rules: [
        rule('true'),
        rule('facts.words.map(w, facts.text.lowerAscii()).size() > 0'),
        rule('size(facts.words) > 0'),
      ],
      subjects: [
        subject({ text: 'AŽ'.repeat(15_000), words: Array(900).fill('w') }),
        subject({ text: 'AŽ', words: ['w'] }),
      ],
    };
    const result = await create({
      memoryMb: 48,
      maxEvaluationMs: 10_000,
    }).evaluate(batch);
    expect(outcomes(batch, result)).toEqual([
      ['pass', 'error', 'pass'],
      ['pass', 'error', 'pass'],
    ]);
    expect(result.details.get(1)).toBe(
      'To evaluate it takes more memory than it may',
    );
  });

  it('says so when it has been closed', async () => {
    const evaluator = create();
    await evaluator.close();
    await expect(
      evaluator.evaluate({
        now: NOW,
        rules: [rule('true')],
        subjects: [subject()],
      }),
    ).rejects.toThrow('The evaluation of scorecards has ended');
  });
});
