import { FilterPredicate } from '@backstage/filter-predicates';
import { Knex } from 'knex';
import { databases, initDatabase } from '../__testUtils__/databases';
import {
  assertConsistent,
  DAY,
  Engine,
  rulesOfTests,
  scorecard,
  service,
  startEngine,
} from '../__testUtils__/startEngine';
import { populationKinds } from './populationKinds';

const LEDGER = 'component:default/ledger';
const READINESS = 'scorecard:default/readiness';
const owned = {
  id: 'owned',
  level: 'bronze',
  check: 'entity.spec.owner == "a"',
};
const covered = {
  id: 'covered',
  level: 'silver',
  check: 'facts.coverage > 80',
};

const rules = rulesOfTests();

describe.each(databases.eachSupportedId())('scorecards on %s', id => {
  let knex: Knex;
  let engine: Engine;

  beforeAll(async () => {
    knex = await initDatabase(id);
  });
  beforeEach(async () => {
    engine = await startEngine(knex, rules);
    await engine.put(
      service('ledger'),
      service('site', { type: 'website' }),
      { ...service('api'), kind: 'API' },
      scorecard([owned, covered]),
    );
    await engine.push(LEDGER, { coverage: 90 });
    await engine.settle();
    engine.clock.now += 1000;
  });
  afterEach(() => assertConsistent(engine));

  const count = async (table: string) => (await knex(table).select('*')).length;
  const due = async () =>
    (
      await knex('subjects')
        .where('due_at', '<=', engine.clock.now)
        .orderBy('ref')
        .pluck('ref')
    ).filter((ref: string) => !ref.startsWith('scorecard:'));
  const inForce = () => engine.registry.inForce(knex);

  it('are known with their ids, levels and rules', async () => {
    const [definition] = await inForce();
    expect(definition).toMatchObject({
      ref: READINESS,
      lifecycle: 'live',
      title: 'readiness',
      owner: 'group:default/platform',
      levels: [
        { id: 'bronze', title: 'Bronze' },
        { id: 'silver', title: 'Silver' },
      ],
      rules: [
        { id: await engine.ruleIdOf('readiness/owned'), level: 1, weight: 1 },
        { id: await engine.ruleIdOf('readiness/covered'), level: 2 },
      ],
    });
    expect(definition.levelsRevisionId).toBe(definition.revisionId);
  });

  it('have a revision for every change, rules only for what may change an outcome', async () => {
    const before = await knex('outcome_transitions').pluck('id');
    await engine.put(
      scorecard([{ ...owned, title: 'Somebody owns it' }, covered], {
        description: 'Explained better',
      }),
    );
    expect(await count('scorecard_revisions')).toBe(2);
    expect(await count('rule_revisions')).toBe(2);
    expect(await due()).toEqual([]);
    const [definition] = await inForce();
    expect(definition.description).toBe('Explained better');
    expect(definition.levelsRevisionId).toBeLessThan(definition.revisionId);
    expect(await engine.fullPass.run()).toMatchObject({ different: 0 });
    expect(await knex('outcome_transitions').pluck('id')).toEqual(before);

    await engine.put(scorecard([{ ...owned, weight: 3 }, covered]));
    expect(await count('rule_revisions')).toBe(3);
    expect(await due()).toEqual([LEDGER, 'component:default/site']);
    await engine.settle();
    const history = await engine.history(LEDGER, 'readiness/owned');
    expect(history.map(({ outcome }) => outcome)).toEqual(['pass', 'pass']);
    expect(history[1].revisionId).toBeGreaterThan(history[0].revisionId);
    const [outcome] = await knex('outcomes').where({
      rule_id: await engine.ruleIdOf('readiness/owned'),
    });
    // It has been passing since then, by whatever revision
    expect(Number(outcome.since)).toBe(history[0].at);

    // As it was at first: the revision of the rule is that one again
    await engine.put(scorecard([owned, covered]));
    expect(await count('rule_revisions')).toBe(3);
    expect(await count('scorecard_revisions')).toBe(4);
    await engine.settle();
    expect(
      (await engine.history(LEDGER, 'readiness/owned')).at(-1)?.revisionId,
    ).toBe(history[0].revisionId);
  });

  it('make due who is or was in the population', async () => {
    await engine.put(
      scorecard([owned, covered], { appliesTo: { kind: 'API' } }),
    );
    expect(await due()).toEqual(['api:default/api', LEDGER]);
    await engine.settle();
    expect(Object.keys(await engine.outcomes('api:default/api'))).toHaveLength(
      2,
    );
    expect(await engine.outcomes(LEDGER)).toEqual({});
    expect((await engine.standings(LEDGER)).map(({ level }) => level)).toEqual([
      2,
      null,
    ]);
  });

  it('lose rules and levels, and get others', async () => {
    await engine.put(scorecard([covered], { levels: ['silver', 'gold'] }));
    await engine.settle();
    expect(await engine.outcomes(LEDGER)).toEqual({
      'readiness/covered': 'pass',
    });
    expect(
      (await engine.history(LEDGER, 'readiness/owned')).map(
        ({ outcome }) => outcome,
      ),
    ).toEqual(['pass', undefined]);
    const [standing] = await knex('standings');
    const [definition] = await inForce();
    expect(standing).toMatchObject({
      level: 1,
      scorecard_revision_id: definition.revisionId,
    });
    // It stands on silver as before, which is the first level now
    expect((await engine.standings(LEDGER)).at(-1)).toMatchObject({
      level: 1,
      previousLevel: 2,
      isNews: false,
    });
    // A rule that comes back is the same rule
    const ruleId = await engine.ruleIdOf('readiness/owned');
    await engine.put(scorecard([owned, covered]));
    await engine.settle();
    expect(await engine.ruleIdOf('readiness/owned')).toBe(ruleId);
  });

  it('stay as they were when what comes is not valid', async () => {
    const before = await inForce();
    await engine.put(
      scorecard([owned, { id: 'broken', check: 'facts.coverage >' }]),
    );
    expect(await inForce()).toEqual(before);
    expect(engine.logger.warn).toHaveBeenCalledWith(
      expect.stringMatching(
        /^scorecard:default\/readiness cannot be used.*spec\.rules\[1\]\.check/,
      ),
    );
  });

  it('are evaluated as drafts, and tell nobody', async () => {
    await engine.put(scorecard([owned, covered], { lifecycle: 'draft' }));
    await engine.push(LEDGER, { coverage: 10 });
    await engine.settle();
    expect((await engine.standings(LEDGER)).at(-1)).toMatchObject({
      level: 1,
      previousLevel: 2,
      isNews: false,
    });
  });

  it.each(['retired', 'deleted'])(
    'leave nothing current when %s',
    async how => {
      if (how === 'deleted') {
        await engine.remove(READINESS);
      } else {
        await engine.put(scorecard([owned, covered], { lifecycle: 'retired' }));
      }
      expect(await inForce()).toEqual([]);
      expect(await engine.registry.all(knex)).toHaveLength(
        how === 'deleted' ? 0 : 1,
      );
      expect(await count('outcomes')).toBe(0);
      expect(await count('standings')).toBe(0);
      expect(
        (await engine.history(LEDGER, 'readiness/owned')).at(-1),
      ).toMatchObject({ at: engine.clock.now, outcome: undefined });
      expect((await engine.standings(LEDGER)).at(-1)).toMatchObject({
        level: null,
        previousLevel: 2,
        isNews: false,
      });
      expect(
        await engine.registry.asOf(knex, engine.clock.now - 1),
      ).toHaveLength(1);

      engine.clock.now += DAY;
      await engine.put(scorecard([owned, covered]));
      await engine.settle();
      expect(await engine.outcomes(LEDGER)).toEqual({
        'readiness/owned': 'pass',
        'readiness/covered': 'pass',
      });
    },
  );

  it('are as they were at a time', async () => {
    const then = engine.clock.now;
    engine.clock.now += DAY;
    await engine.put(scorecard([owned], { description: 'Later' }));
    const [before] = await engine.registry.asOf(knex, then);
    expect(before.rules.map(({ key }) => key)).toEqual(['owned', 'covered']);
    const [after] = await engine.registry.asOf(knex, engine.clock.now);
    expect(after).toMatchObject({ description: 'Later', id: before.id });
    expect(await engine.registry.asOf(knex, then - DAY)).toEqual([]);
  });

  it('say how old a fact may be, for the strictest rule in force', async () => {
    const maxAge = async (name: string) => {
      const row = await knex('fact_names').where({ name }).first('max_age');
      return row && row.max_age !== null ? Number(row.max_age) : undefined;
    };
    expect(await maxAge('coverage')).toBeUndefined();
    await engine.put(
      scorecard([{ ...covered, maxAge: { days: 9 } }]),
      scorecard(
        [
          { id: 'a', check: 'facts.coverage > 1', maxAge: { days: 3 } },
          { id: 'b', check: 'size(facts.slo) > 1', maxAge: { days: 2 } },
        ],
        { name: 'other' },
      ),
    );
    await engine.push(LEDGER, { 'slo.endpoints': 1 });
    await engine.put(scorecard([{ ...covered, maxAge: { days: 10 } }]));
    expect(await maxAge('coverage')).toBe(3 * DAY);
    expect(await maxAge('slo.endpoints')).toBe(2 * DAY);
    await engine.remove('scorecard:default/other');
    expect(await maxAge('coverage')).toBe(10 * DAY);
    expect(await maxAge('slo.endpoints')).toBeUndefined();
  });
});

describe('the kinds of a population', () => {
  it.each<[FilterPredicate, string[] | undefined]>([
    [{ kind: 'Component', 'spec.type': 'service' }, ['component']],
    [{ kind: { $in: ['API', 'Component'] } }, ['api', 'component']],
    [{ $all: [{ 'spec.type': 'service' }, { kind: 'API' }] }, ['api']],
    [{ $any: [{ kind: 'API' }, { kind: 'System' }] }, ['api', 'system']],
    [{ $any: [{ kind: 'API' }, { 'spec.type': 'service' }] }, undefined],
    [{ $not: { kind: 'API' } }, undefined],
    [{ kind: { $exists: true } }, undefined],
    [{ 'spec.type': 'service' }, undefined],
  ])('of %j', (predicate, kinds) => {
    expect(populationKinds(predicate)).toEqual(kinds);
  });
});
