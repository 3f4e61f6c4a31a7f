import { HeatmapReport } from '@waymark/plugin-scorecards-common';
import { OUTCOME_CODES } from '../database/outcomeCodes';
import { meanScore } from './meanScore';

type Row = HeatmapReport['rows'][number];
type Cell = Row['cells'][number];

/** Where an outcome counts. */
const CELL_KEYS = new Map<number, keyof Cell>(
  (['pass', 'fail', 'noData', 'exempt', 'error'] as const).map(key => [
    OUTCOME_CODES[key],
    key,
  ]),
);

/**
 * Adds up one row of a heatmap; databases give large numbers as text.
 *
 * @internal
 */
export class HeatmapRow {
  readonly #cells: Row['cells'];
  #entities = 0;
  #scored = 0;
  #scoreSum = 0;

  constructor(rules: number) {
    this.#cells = Array.from({ length: rules }, () => ({
      pass: 0,
      fail: 0,
      noData: 0,
      other: 0,
    }));
  }

  addEntities(counted: {
    entities: string | number;
    scored: string | number | null;
    score_sum: number | null;
  }): void {
    this.#entities += Number(counted.entities);
    this.#scored += Number(counted.scored);
    this.#scoreSum += Number(counted.score_sum);
  }

  addCell(
    index: number,
    counted: { outcome: number; entities: string | number },
  ): void {
    const key = CELL_KEYS.get(counted.outcome) ?? 'other';
    const cell = this.#cells[index];
    cell[key] = (cell[key] ?? 0) + Number(counted.entities);
  }

  toJSON(): Pick<Row, 'entities' | 'meanScore' | 'cells'> {
    return {
      entities: this.#entities,
      meanScore: meanScore({ scored: this.#scored, scoreSum: this.#scoreSum }),
      cells: this.#cells,
    };
  }
}
