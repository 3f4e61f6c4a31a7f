import type { HeatmapReport } from '@waymark/plugin-scorecards-common';
import { HeatMapRow, nameOfRow } from './HeatMapRow';
import styles from './HeatMapTable.module.css';
import { useFolding } from './useFolding';
import { useGridKeys } from './useGridKeys';
import { useLinks } from './useLinks';
import { VIEWS } from './views';

/** With more rules than this, their titles stand upright. */
const MOST_ACROSS = 8;

/**
 * Rows against rules: a grid that the arrow keys move in, of which every cell leads
 * to what it counts.
 */
export function HeatMapTable(props: {
  report: HeatmapReport;
  /** What it is about. */
  title: string;
  /** That of before, while the next is on its way. */
  isOutdated: boolean;
  /** Of the list of what the whole heat map counts. */
  address: string;
}) {
  const { report, title, isOutdated, address } = props;
  const { by, rules, rows } = report;
  const { shown, toggle } = useFolding(rows);
  const grid = useGridKeys();
  const { href, onClick } = useLinks(address);
  const names = new Map(rows.map(row => [row.ref, nameOfRow(row, by)]));

  return (
    <div className={styles.scroller}>
      {/* A click is one of a link in it, which the keyboard opens by itself */}
      <table
        ref={grid.ref}
        onFocus={grid.onFocus}
        onKeyDown={grid.onKeyDown}
        onClick={onClick}
        role="grid"
        className={styles.table}
        aria-busy={isOutdated}
        data-upright={rules.length > MOST_ACROSS || undefined}
      >
        <caption className={styles.hidden}>{title}</caption>
        <thead>
          <tr>
            <th scope="col" className={styles.corner}>
              {VIEWS[by].label}
            </th>
            {rules.map(rule => (
              <th key={rule.ruleId} scope="col" title={rule.title}>
                <span className={styles.rule}>{rule.title}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map(({ row, isOpen }) => (
            <HeatMapRow
              key={row.ref ?? ''}
              by={by}
              row={row}
              rules={rules}
              parent={row.parent && names.get(row.parent)}
              isOpen={isOpen}
              href={href}
              onToggle={toggle}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}
