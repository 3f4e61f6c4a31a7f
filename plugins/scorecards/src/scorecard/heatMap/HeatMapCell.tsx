import type {
  HeatmapCell,
  HeatmapReport,
  RuleOutcome,
} from '@waymark/plugin-scorecards-common';
import { formatPercent } from '@waymark/ui';
import { describeCell, summarizeCell } from './describeCell';
import styles from './HeatMapTable.module.css';
import { narrow } from './useLinks';

/** The strongest shade that text still stands out from, in percent. */
const DARKEST = 45;

/** What one wants to see of a cell: what is wrong, or else what there is. */
function findOutcome(cell: HeatmapCell): RuleOutcome | undefined {
  const counts: [RuleOutcome, number][] = [
    ['fail', cell.fail],
    ['error', cell.error ?? 0],
    ['noData', cell.noData],
    ['pass', cell.pass],
    ['exempt', cell.exempt ?? 0],
    ['notApplicable', cell.other],
  ];
  return counts.find(([, count]) => count > 0)?.[0];
}

function textOf(cell: HeatmapCell): string {
  const { applicable, counted, passShare } = summarizeCell(cell);
  if (applicable === 0) {
    return '–';
  }
  if (counted === 0) {
    return 'Exempt';
  }
  if (passShare === undefined) {
    return cell.noData > 0 ? 'No data' : 'Error';
  }
  return formatPercent(passShare);
}

/**
 * How a row stands on a rule: a number, a shade that says the same, and how much
 * is not known. It leads to those that it counts.
 */
export function HeatMapCell(props: {
  cell: HeatmapCell;
  row: string;
  rule: HeatmapReport['rules'][number];
  /** Of the cell, to tell it from the others of the row. */
  column: number;
  /** Of what the row counts. */
  href: string;
}) {
  const { cell, row, rule, column, href } = props;
  const { passShare, noDataShare } = summarizeCell(cell);
  const outcome = findOutcome(cell);
  const words = `${row}, ${rule.title}: ${describeCell(cell)}`;
  const text = textOf(cell);
  const content = (
    <>
      <span className={styles.number}>{text}</span>
      {noDataShare > 0 && passShare !== undefined && (
        <span
          className={styles.unknown}
          style={{ width: `${noDataShare * 100}%` }}
          aria-hidden="true"
        />
      )}
    </>
  );
  const common = {
    className: styles.cell,
    'data-stop': column,
    'data-kind': passShare === undefined ? text : undefined,
    style:
      passShare === undefined
        ? undefined
        : {
            background: `color-mix(in srgb, var(--bui-accent-bg) ${Math.round(
              passShare * DARKEST,
            )}%, var(--bui-bg-neutral-1))`,
          },
    tabIndex: -1,
    title: words,
  };
  return (
    <td>
      {outcome ? (
        <a
          {...common}
          href={narrow(href, { rule: rule.ruleId, outcome })}
          aria-label={words}
        >
          {content}
        </a>
      ) : (
        <span {...common} role="img" aria-label={words}>
          {content}
        </span>
      )}
    </td>
  );
}
