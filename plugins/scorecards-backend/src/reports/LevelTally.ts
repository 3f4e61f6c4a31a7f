import { LevelCount } from '@waymark/plugin-scorecards-common';
import { ScorecardDefinition } from '../scorecards/ScorecardDefinition';
import { meanScore } from './meanScore';

/** How many stand on a level, and what their scores come to. */
export interface LevelRow {
  /** 0 is no level. */
  level: number;
  subjects: number;
  scored: number;
  scoreSum: number;
}

/**
 * Counts entities per level of one scorecard.
 *
 * @internal
 */
export class LevelTally {
  readonly #levels = new Map<number, number>();
  #scored = 0;
  #scoreSum = 0;

  /** @param sign - -1 takes the entities away again */
  add(row: LevelRow, sign: 1 | -1 = 1): void {
    this.#levels.set(
      row.level,
      (this.#levels.get(row.level) ?? 0) + sign * row.subjects,
    );
    this.#scored += sign * row.scored;
    this.#scoreSum += sign * row.scoreSum;
  }

  get isEmpty(): boolean {
    return [...this.#levels.values()].every(subjects => subjects === 0);
  }

  /** Lowest first, beginning with no level. */
  entities({ levels }: Pick<ScorecardDefinition, 'levels'>): LevelCount[] {
    return [undefined, ...levels].map((level, index) => ({
      ...(level && { level: level.id }),
      entities: this.#levels.get(index) ?? 0,
    }));
  }

  /** Of the entities with a score, two decimals. */
  get meanScore(): number | undefined {
    return meanScore({ scored: this.#scored, scoreSum: this.#scoreSum });
  }
}
