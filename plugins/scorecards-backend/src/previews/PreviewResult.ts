import {
  PreviewResponse,
  RuleOutcome,
  Standing,
} from '@waymark/plugin-scorecards-common';
import { LevelTally } from '../reports/LevelTally';
import { ParsedScorecard } from '../scorecards/parseScorecard';

/** Of the rows. */
const MAX_BYTES = 150_000;
const MAX_ROWS = 100;
const MAX_OWNERS = 100;
/** Of what an expression failed on. */
const MAX_ERROR_LENGTH = 200;

type Row = PreviewResponse['items'][number];

/** Outcomes with which there is nothing to look at. */
const FINE: RuleOutcome[] = ['pass', 'notApplicable'];

/**
 * What becomes of an entity, the first being the first to look at. Of those that
 * join or stay, most may be fine.
 */
const MOVES = [
  'down',
  'up',
  'joining',
  'joiningFine',
  'same',
  'sameFine',
] as const;
type Move = (typeof MOVES)[number];

/**
 * An entity of the population.
 *
 * @internal
 */
export interface PreviewedEntity {
  entityRef: string;
  title?: string;
  owner?: string;
  system?: string;
  standing: Standing;
  /** On the published scorecard of the same name. */
  before?: Standing;
  /** In the order of the rules. */
  outcomes: RuleOutcome[];
  /** What expressions failed on, by the id of the rule. */
  errors: { [ruleId: string]: string };
}

/**
 * Counts what a preview comes to, entity by entity: it holds no more than what
 * it answers.
 *
 * @internal
 */
export class PreviewResult {
  readonly #scorecard: ParsedScorecard;
  /** Of the published scorecard, lowest first; absent when there is none. */
  readonly #publishedLevels: string[] | undefined;
  readonly #levels = new LevelTally();
  readonly #outcomes: { [outcome in RuleOutcome]: number }[];
  readonly #moves = new Map<
    string,
    { from?: string; to?: string; n: number }
  >();
  readonly #owners = new Map<string, { up: number; down: number }>();
  readonly #rows: { [move in Move]: Row[] } = {
    down: [],
    up: [],
    joining: [],
    joiningFine: [],
    same: [],
    sameFine: [],
  };
  #joining = 0;
  #staying = 0;

  constructor(options: {
    scorecard: ParsedScorecard;
    publishedLevels?: string[];
  }) {
    this.#scorecard = options.scorecard;
    this.#publishedLevels = options.publishedLevels;
    this.#outcomes = this.#scorecard.rules.map(() => ({
      pass: 0,
      fail: 0,
      exempt: 0,
      notApplicable: 0,
      noData: 0,
      error: 0,
    }));
  }

  /** Those that are on the published scorecard and on this one. */
  get staying(): number {
    return this.#staying;
  }

  add(entity: PreviewedEntity): void {
    const { standing, before, outcomes } = entity;
    this.#levels.add({
      level: this.#rank(standing.level) + 1,
      subjects: 1,
      scored: standing.score === undefined ? 0 : 1,
      scoreSum: standing.score ?? 0,
    });
    for (const [rule, outcome] of outcomes.entries()) {
      this.#outcomes[rule][outcome] += 1;
    }
    const move = this.#move(entity);
    if (before) {
      this.#staying += 1;
    } else {
      this.#joining += 1;
    }
    if (before && standing.level !== before.level) {
      this.#count(entity, before, move);
    }
    if (this.#rows[move].length < MAX_ROWS) {
      this.#rows[move].push(this.#row(entity));
    }
  }

  /** @param leaving - how many are on the published scorecard only */
  answer(leaving: number): PreviewResponse {
    const { levels, rules } = this.#scorecard;
    return {
      levels,
      entities: this.#levels.entities({ levels }),
      meanScore: this.#levels.meanScore,
      rules: rules.map(({ key }, index) => ({
        ruleId: key,
        outcomes: this.#outcomes[index],
      })),
      impact: {
        published: this.#publishedLevels !== undefined,
        moves: [...this.#moves.values()]
          .sort((a, b) => b.n - a.n)
          .map(({ from, to, n }) => ({ from, to, entities: n })),
        owners: [...this.#owners]
          .sort(([, a], [, b]) => b.up + b.down - a.up - a.down)
          .slice(0, MAX_OWNERS)
          .map(([owner, moved]) => ({ owner, ...moved })),
        joining: this.#joining,
        leaving,
      },
      items: this.#items(),
    };
  }

  #move({ standing: { level }, before, outcomes }: PreviewedEntity): Move {
    const isFine = outcomes.every(outcome => FINE.includes(outcome));
    if (!before) {
      return isFine ? 'joiningFine' : 'joining';
    }
    if (level === before.level) {
      return isFine ? 'sameFine' : 'same';
    }
    return this.#rank(level) < this.#rank(before.level) ? 'down' : 'up';
  }

  /** Levels have the rank of this scorecard; those it has not, their old one. */
  #rank(level: string | undefined): number {
    if (level === undefined) {
      return -1;
    }
    const now = this.#scorecard.levels.findIndex(({ id }) => id === level);
    return now >= 0 ? now : this.#publishedLevels?.indexOf(level) ?? -1;
  }

  #count(entity: PreviewedEntity, before: Standing, move: Move): void {
    const { owner, standing } = entity;
    const key = JSON.stringify([before.level ?? null, standing.level ?? null]);
    const moved = this.#moves.get(key) ?? {
      from: before.level,
      to: standing.level,
      n: 0,
    };
    moved.n += 1;
    this.#moves.set(key, moved);
    if (owner && (move === 'up' || move === 'down')) {
      const ofOwner = this.#owners.get(owner) ?? { up: 0, down: 0 };
      ofOwner[move] += 1;
      this.#owners.set(owner, ofOwner);
    }
  }

  #row(entity: PreviewedEntity): Row {
    const { entityRef, title, owner, system, standing, before } = entity;
    const errors = Object.entries(entity.errors).map(
      ([rule, text]) => [rule, text.slice(0, MAX_ERROR_LENGTH)] as const,
    );
    return {
      entityRef,
      title,
      owner,
      system,
      standing,
      before,
      outcomes: Object.fromEntries(
        this.#scorecard.rules.map(({ key }, i) => [key, entity.outcomes[i]]),
      ),
      errors: errors.length > 0 ? Object.fromEntries(errors) : undefined,
    };
  }

  #items(): Row[] {
    const items: Row[] = [];
    let bytes = 0;
    for (const row of MOVES.flatMap(move => this.#rows[move])) {
      bytes += Buffer.byteLength(JSON.stringify(row));
      if (items.length === MAX_ROWS || bytes > MAX_BYTES) {
        break;
      }
      items.push(row);
    }
    return items;
  }
}
