import { deepEqual } from 'node:assert/strict';
import { Entity } from '@backstage/catalog-model';
import { ConflictError, InputError } from '@backstage/errors';
import { createEntityFilter, isPostgres } from '@waymark/backend-support';
import { SUBJECT_TABLES } from '../catalog/subjectTables';
import { ExemptionStore } from '../exemptions/ExemptionStore';
import { readPastState } from '../results/entity/readPastState';
import {
  CHECKS,
  ExpectedOutcome,
  ExpectedStanding,
  ModelRule,
  ModelScorecard,
  ScorecardModel,
} from './ScorecardModel';
import {
  assertConsistent,
  DAY,
  Engine,
  scorecard,
  service,
} from './startEngine';

const HOUR = DAY / 24;

const REFS = ['component:default/x', 'component:default/y', 'api:default/x'];
const CARDS = ['first', 'second'];
const COLLECTOR = 'files';

/** The same numbers for the same seed (mulberry32). */
function randomOf(seed: number) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    below,
    pick: <T>(items: readonly T[]): T => items[below(items.length)],
  };
}

/** How everything stood at a time. */
interface Moment {
  at: number;
  outcomes: Map<string, { [rule: string]: ExpectedOutcome }>;
  standings: Map<string, { [scorecard: string]: ExpectedStanding }>;
  /** What decided, by entity and rule. */
  evidence: Map<string, string | undefined>;
}

/** Does the same to the engine and to the model, and compares them. */
export class EngineTrial {
  readonly #random: ReturnType<typeof randomOf>;
  readonly #model: ScorecardModel;
  readonly #exemptions: ExemptionStore;
  readonly #replica: ReturnType<Engine['createReplica']>;
  #moments: Moment[] = [];
  #last?: Moment;
  #latest = 0;
  /** What was done so far. */
  readonly steps: string[] = [];
  readonly #known = new Set<string>();

  constructor(readonly engine: Engine, seed: number) {
    this.#random = randomOf(seed);
    this.#model = new ScorecardModel(engine.clock);
    this.#exemptions = new ExemptionStore({ database: engine.knex });
    this.#replica = engine.createReplica();
  }

  async start(): Promise<void> {
    for (const ref of REFS) {
      await this.#putEntity(ref);
    }
    for (const name of CARDS) {
      await this.#putScorecard(name);
    }
  }

  /** Does something, and compares what comes of it. */
  async step(): Promise<void> {
    const steps: [string, () => Promise<void> | void][] = [
      ['entity', () => this.#putEntity(this.#random.pick(REFS))],
      ['entity', () => this.#putEntity(this.#random.pick(REFS))],
      ['leave', () => this.#removeEntity()],
      ['push', () => this.#push()],
      ['push', () => this.#push()],
      ['push', () => this.#push()],
      ['push', () => this.#push()],
      ['collect', () => this.#collect()],
      ['collect', () => this.#collect()],
      ['scorecard', () => this.#putScorecard(this.#random.pick(CARDS))],
      ['scorecard', () => this.#putScorecard(this.#random.pick(CARDS))],
      ['no scorecard', () => this.#removeScorecard()],
      ['approve', () => this.#approve()],
      ['approve', () => this.#approve()],
      ['revoke', () => this.#revoke()],
      ['revoke', () => this.#revoke()],
      ['time', () => this.#pass(this.#random.below(DAY / 2))],
      ['soon', () => this.#passUntilDue()],
      ['soon', () => this.#passUntilDue()],
      ['back', () => this.#setBack()],
      ['crash', () => this.#crash()],
      ['storm', () => this.#storm()],
    ];
    const [name, run] = this.#random.pick(steps);
    this.steps.push(name);
    try {
      await run();
      await this.#compare(name);
    } catch (error) {
      throw new Error(`After ${this.steps.join(', ')}`, { cause: error });
    }
  }

  async #putEntity(ref: string): Promise<void> {
    const [kind, name] = ref.split(':default/');
    const entity: Entity = {
      ...service(name, {
        owner: this.#random.pick(['a', 'b']),
        type: this.#random.pick(['service', 'website']),
        lifecycle: this.#random.pick(['production', 'experimental']),
      }),
      kind: kind === 'api' ? 'API' : 'Component',
    };
    await this.engine.put(entity);
    this.#model.put(entity);
    this.#known.add(ref);
  }

  async #removeEntity(): Promise<void> {
    const ref = this.#random.pick(REFS);
    await this.engine.remove(ref);
    this.#model.entities.delete(ref);
  }

  #present(): string | undefined {
    return this.#random.pick([...this.#model.entities.keys()]);
  }

  async #push(): Promise<void> {
    const ref = this.#present();
    if (ref) {
      const name = this.#random.pick(['coverage', 'scan.image', 'scan.date']);
      const fact = {
        value: this.#random.pick([10, 90, 90, 'x']),
        observedAt: this.engine.clock.now - this.#random.below(2 * HOUR),
        source: this.#random.pick(['ci', 'somebody']),
      };
      const subjectId = await this.engine.idOf(ref);
      await this.engine.facts.push([{ subjectId, name, ...fact }]);
      this.#model.observe(ref, name, { ...fact, collectorId: undefined });
    }
  }

  async #collect(): Promise<void> {
    const ref = this.#present();
    if (!ref) {
      return;
    }
    const names = ['coverage', 'scan.image', 'scan.date'].filter(
      () => this.#random.below(2) === 0,
    );
    const fact = {
      value: this.#random.pick([10, 90]),
      observedAt: this.engine.clock.now,
      source: COLLECTOR,
    };
    const subjectId = await this.engine.idOf(ref);
    await this.engine.facts.push(
      names.map(name => ({ subjectId, name, ...fact })),
      {
        collectorId: COLLECTOR,
        replaceForCollector: { subjectIds: [subjectId] },
      },
    );
    for (const name of names) {
      this.#model.observe(ref, name, { ...fact, collectorId: COLLECTOR });
    }
    this.#model.keepOnly(ref, COLLECTOR, names);
  }

  async #putScorecard(name: string): Promise<void> {
    const levels = this.#random.pick([
      ['bronze', 'silver'],
      ['silver', 'bronze'],
      ['bronze', 'silver', 'gold'],
    ]);
    const ids = ['p', 'q', 'r', 's'].filter(() => this.#random.below(3) > 0);
    const card: ModelScorecard = {
      levels,
      lifecycle: this.#random.pick([
        'live',
        'live',
        'live',
        'draft',
        'retired',
      ]),
      appliesTo: this.#random.pick<ModelScorecard['appliesTo']>([
        { kind: 'Component' },
        { kind: 'Component', 'spec.type': 'service' },
        { 'spec.lifecycle': 'production' },
      ]),
      rules: (ids.length > 0 ? ids : ['p']).map(id => this.#rule(id, levels)),
    };
    await this.engine.put(scorecard(card.rules, { ...card, name }));
    this.#model.scorecards.set(name, card);
  }

  #rule(id: string, levels: string[]): ModelRule {
    const { below, pick } = this.#random;
    const start = this.engine.clock.now + below(2 * DAY) - DAY / 2;
    return {
      id,
      check: pick([...CHECKS.keys()]),
      ...(below(4) > 0 && { level: pick(levels) }),
      ...(below(2) > 0 && { weight: 1 + below(5) }),
      ...(below(2) > 0 && { maxAge: { hours: pick([1, 3.3333333333, 30]) } }),
      ...(below(4) === 0 && { effectiveFrom: new Date(start).toISOString() }),
      ...(below(4) === 0 && { appliesTo: { 'spec.lifecycle': 'production' } }),
    };
  }

  async #removeScorecard(): Promise<void> {
    const name = this.#random.pick(CARDS);
    await this.engine.remove(`scorecard:default/${name}`);
    this.#model.scorecards.delete(name);
  }

  async #approve(): Promise<void> {
    const { now } = this.engine.clock;
    const ref = this.#present();
    const rule =
      ref && this.#random.pick(Object.keys(this.#model.outcomes(ref)));
    if (!rule) {
      return;
    }
    const from = now + this.#random.pick([0, HOUR]);
    const until = from + 1 + this.#random.below(3 * DAY);
    const [name, ruleId] = rule.split('/');
    try {
      const { id } = await this.#exemptions.create({
        entityRef: ref,
        scorecardRef: `scorecard:default/${name}`,
        ruleId,
        reason: 'Because',
        requestedBy: 'user:default/nia',
        startsAt: from,
        expiresAt: until,
        now,
      });
      await this.#exemptions.approve(Number(id), {
        by: 'user:default/sam',
        at: now,
      });
      this.#model.exemptions.push({
        id,
        ref,
        rule,
        from,
        until,
        isRevoked: false,
      });
    } catch (error) {
      // There is one already, or the scorecard is a draft
      if (!(error instanceof ConflictError || error instanceof InputError)) {
        throw error;
      }
    }
  }

  async #revoke(): Promise<void> {
    const { now } = this.engine.clock;
    const exemption = this.#random.pick(
      this.#model.exemptions.filter(one => !one.isRevoked && now < one.until),
    );
    if (exemption) {
      await this.#exemptions.revoke(
        Number(exemption.id),
        { by: 'user:default/sam', at: now },
        { from: 'approved' },
      );
      exemption.isRevoked = true;
    }
  }

  #pass(milliseconds: number): void {
    this.engine.clock.now += milliseconds;
  }

  /** To the very moment at which something is due. */
  async #passUntilDue(): Promise<void> {
    const [dueAt] = await this.engine
      .knex('subjects')
      .whereNotNull('due_at')
      .orderBy('due_at')
      .pluck('due_at');
    this.engine.clock.now = Math.max(
      this.engine.clock.now + 1,
      Number(dueAt ?? 0),
    );
  }

  async #setBack(): Promise<void> {
    this.engine.clock.now -= this.#random.below(DAY / 2);
    const { now } = this.engine.clock;
    this.#moments = this.#moments.filter(({ at }) => at < now);
    // No trigger tells of it
    await this.engine.fullPass.run();
  }

  /** The transaction of an evaluation is undone in the middle. */
  async #crash(): Promise<void> {
    await this.#push();
    const { evaluator, knex } = this.engine;
    const table = this.#random.pick([
      'outcomes',
      'outcome_transitions',
      'standings',
      'standing_transitions',
    ]);
    await knex.schema.renameTable(table, 'out_of_reach');
    await evaluator
      .evaluateDue({ limit: 9, order: 'oldest' })
      .catch(() => undefined);
    await knex.schema.renameTable('out_of_reach', table);
  }

  /** Two replicas evaluate while facts, entities and scorecards change. */
  async #storm(): Promise<void> {
    const evaluate = async ({ evaluator }: Pick<Engine, 'evaluator'>) => {
      for (let turn = 0; turn < 4; turn++) {
        await evaluator.evaluateDue({ limit: 1, order: 'newest' });
      }
    };
    const work = [
      () => evaluate(this.engine),
      () => this.#push(),
      () => evaluate(this.#replica),
      () => this.#putScorecard(this.#random.pick(CARDS)),
      () => this.#replica.fullPass.run(),
    ];
    if (isPostgres(this.engine.knex)) {
      await Promise.all(work.map(run => run()));
      return;
    }
    // SQLite has one process and one connection
    for (const run of work) {
      await run();
    }
  }

  async #compare(step: string): Promise<void> {
    const { engine } = this;
    await engine.settle();
    // Whatever changed said so: nothing is left for the safety net
    const { different } = await engine.fullPass.run();
    deepEqual(different, 0);
    await assertConsistent(engine);
    await this.#compareRollups();

    const moment = this.#moment(step);
    for (const ref of this.#known) {
      deepEqual(
        [ref, await engine.outcomes(ref)],
        [ref, outcomesAt(moment, ref)],
      );
      deepEqual(
        [ref, await this.#standings(ref)],
        [ref, moment.standings.get(ref)],
      );
    }
    this.#last = moment;
    // What is written while the clock is behind may be of a later time
    if (moment.at >= this.#latest) {
      this.#latest = moment.at;
      this.#moments = this.#moments.filter(({ at }) => at < moment.at);
      this.#moments.push(moment);
    }
  }

  /** What is told of each time is what was told at the time. */
  async comparePast(): Promise<void> {
    for (const moment of this.#moments) {
      await this.#compareMoment(moment);
    }
  }

  #moment(step: string): Moment {
    const moment: Moment = {
      at: this.engine.clock.now,
      outcomes: new Map(),
      standings: new Map(),
      evidence: new Map(),
    };
    for (const ref of this.#known) {
      const outcomes = this.#model.outcomes(ref);
      moment.outcomes.set(ref, outcomes);
      moment.standings.set(ref, this.#model.standings(ref));
      for (const [rule, { reason }] of Object.entries(outcomes)) {
        const key = `${ref} ${rule}`;
        const isOld = this.#last?.outcomes.get(ref)?.[rule]?.reason === reason;
        const seen = isOld ? this.#last?.evidence.get(key) : this.#seen(ref);
        // In a storm nobody knows what came first
        moment.evidence.set(key, step === 'storm' ? undefined : seen);
      }
    }
    return moment;
  }

  #seen(ref: string): string {
    const facts = [...(this.#model.facts.get(ref) ?? [])];
    return evidenceText(
      this.#model.entities.get(ref)?.spec,
      facts.map(([name, { value, source }]) => ({ name, value, source })),
    );
  }

  async #standings(ref: string) {
    const rows = await this.engine
      .knex('standings')
      .join('scorecards', 'scorecards.id', 'standings.scorecard_id')
      .where({ subject_id: await this.engine.idOf(ref) })
      .select('ref', 'level', 'through_exemption', 'score');
    return Object.fromEntries(
      rows.map(row => [
        row.ref.split('/')[1],
        {
          level: row.level,
          throughExemption: Boolean(row.through_exemption),
          score: row.score,
        },
      ]),
    );
  }

  async #compareMoment(moment: Moment): Promise<void> {
    const { knex } = this.engine;
    const names = new Map<number, string>();
    for (const row of await knex('rules as r')
      .join('scorecards as s', 's.id', 'r.scorecard_id')
      .select('r.id', 'r.rule_key', 's.ref')) {
      names.set(row.id, `${row.ref.split('/')[1]}/${row.rule_key}`);
    }
    for (const entityRef of moment.outcomes.keys()) {
      const state = await readPastState({
        knex,
        filter: createEntityFilter({ knex, tables: SUBJECT_TABLES }),
        entityRef,
        at: moment.at,
      });
      const told: { [rule: string]: string } = {};
      for (const [ruleId, { outcome, source }] of state!.rules) {
        const rule = names.get(ruleId)!;
        told[rule] = outcome;
        const seen = moment.evidence.get(`${entityRef} ${rule}`);
        if (seen !== undefined) {
          const { spec } = source.document() as Entity;
          const facts = source.facts.find([]).map(({ fact }) => ({
            name: fact.name,
            value: JSON.parse(fact.value),
            source: fact.source,
          }));
          deepEqual(
            [entityRef, rule, evidenceText(spec, facts)],
            [entityRef, rule, seen],
          );
        }
      }
      deepEqual(told, outcomesAt(moment, entityRef));
      deepEqual(
        [...state!.standings.values()].map(levelText).sort(),
        Object.values(moment.standings.get(entityRef)!).map(levelText).sort(),
      );
    }
  }

  /** A rollup is what counting from the start comes to. */
  async #compareRollups(): Promise<void> {
    const { knex } = this.engine;
    const transitions = await knex('standing_transitions').orderBy('id');
    const dayOf = ({ at }: { at: number | string }) =>
      Math.floor(Number(at) / DAY);
    const counted = new Map<string, number[]>();
    for (const { scorecard_id: id, at } of transitions) {
      const day = dayOf({ at });
      const held = new Map<number, { level: number | null; score: number }>();
      for (const row of transitions) {
        if (row.scorecard_id === id && dayOf(row) <= day) {
          held.set(row.subject_id, row);
        }
      }
      const standing = [...held.values()].filter(({ level }) => level !== null);
      const levels = new Set(standing.map(({ level }) => level));
      for (const level of levels.size > 0 ? levels : [0]) {
        const on = standing.filter(row => row.level === level);
        const scores = on.flatMap(({ score }) => score ?? []);
        const sum = scores.reduce((total, score) => total + score, 0);
        counted.set(`${id} ${day} ${level}`, [
          on.length,
          scores.length,
          Math.round(sum * 100) / 100,
        ]);
      }
    }
    // Spread: lists of SQLite's driver may come from another suite's realm, and
    // are not deeply equal then to those made here
    const stored = [...(await knex('level_rollups'))];
    deepEqual(
      stored
        .map(row => [
          `${row.scorecard_id} ${row.day} ${row.level}`,
          [row.subjects, row.scored, row.score_sum],
        ])
        .sort(),
      [...counted].sort(),
    );
  }
}

function outcomesAt({ outcomes }: Moment, ref: string) {
  return Object.fromEntries(
    Object.entries(outcomes.get(ref)!).map(([rule, { outcome }]) => [
      rule,
      outcome,
    ]),
  );
}

function evidenceText(
  spec: Entity['spec'],
  facts: { name: string; value: unknown; source: string }[],
): string {
  const named = facts.map(
    ({ name, value, source }) => `${name} = ${value} (${source})`,
  );
  return [
    `${spec?.owner} ${spec?.type} ${spec?.lifecycle}`,
    ...named.sort(),
  ].join();
}

function levelText(standing: {
  level: number;
  throughExemption: boolean;
  score?: number | null;
}): string {
  const { level, throughExemption, score } = standing;
  return `${level} ${throughExemption} ${score ?? 'none'}`;
}
