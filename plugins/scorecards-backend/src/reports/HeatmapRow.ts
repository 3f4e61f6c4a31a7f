import { HeatmapReport } from '@waymark/plugin-scorecards-common';

type Row = HeatmapReport['rows'][number];

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
    counted: {
      all: string | number;
      pass: string | number;
      fail: string | number;
      noData: string | number;
    },
  ): void {
    const cell = this.#cells[index];
    const pass = Number(counted.pass);
    const fail = Number(counted.fail);
    const noData = Number(counted.noData);
    cell.pass += pass;
    cell.fail += fail;
    cell.noData += noData;
    cell.other += Number(counted.all) - pass - fail - noData;
  }

  toJSON(): Pick<Row, 'entities' | 'meanScore' | 'cells'> {
    return {
      entities: this.#entities,
      meanScore:
        this.#scored > 0
          ? Math.round((100 * this.#scoreSum) / this.#scored) / 100
          : undefined,
      cells: this.#cells,
    };
  }
}
