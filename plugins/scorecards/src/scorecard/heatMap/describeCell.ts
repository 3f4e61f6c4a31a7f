import type { HeatmapCell } from '@waymark/plugin-scorecards-common';
import { formatNumber } from '@waymark/ui';

/** What a cell comes to. */
export interface CellSummary {
  /** Entities to which the rule applies, excused ones too. */
  applicable: number;
  /** Those whose outcome counts: without excused ones, as in the score. */
  counted: number;
  /** 0 to 1; absent when nothing is known of any. */
  passShare?: number;
  /** 0 to 1 of what counts. */
  noDataShare: number;
}

/** Adds up the outcomes of a cell, as the score does. */
export function summarizeCell(cell: HeatmapCell): CellSummary {
  const { pass, fail, noData, exempt = 0, error = 0 } = cell;
  const counted = pass + fail + noData + error;
  const isKnown = pass + fail > 0;
  return {
    applicable: counted + exempt,
    counted,
    passShare: isKnown ? pass / counted : undefined,
    noDataShare: counted > 0 ? noData / counted : 0,
  };
}

/** `7 of 9 pass, 1 fails, 1 no data` */
export function describeCell(cell: HeatmapCell): string {
  const { pass, fail, noData, exempt = 0, error = 0, other } = cell;
  const { applicable } = summarizeCell(cell);
  if (applicable === 0) {
    return other > 0
      ? `does not apply to any of ${formatNumber(other)}`
      : 'nothing to judge';
  }
  return [
    `${formatNumber(pass)} of ${formatNumber(applicable)} ${
      applicable === 1 ? 'passes' : 'pass'
    }`,
    fail > 0 && `${formatNumber(fail)} ${fail === 1 ? 'fails' : 'fail'}`,
    noData > 0 && `${formatNumber(noData)} no data`,
    error > 0 && `${formatNumber(error)} in error`,
    exempt > 0 && `${formatNumber(exempt)} exempt`,
    other > 0 && `does not apply to ${formatNumber(other)}`,
  ]
    .filter(Boolean)
    .join(', ');
}
