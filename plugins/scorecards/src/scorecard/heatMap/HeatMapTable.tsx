import { parseEntityRef } from '@backstage/catalog-model';
import { RiArrowDownSLine, RiArrowRightSLine } from '@remixicon/react';
import type { HeatmapReport } from '@waymark/plugin-scorecards-common';
import { formatNumber } from '@waymark/ui';
import { Link } from 'react-router-dom';
import { HeatMapCell } from './HeatMapCell';
import styles from './HeatMapTable.module.css';
import { useFolding } from './useFolding';
import { useGridKeys } from './useGridKeys';
import { VIEWS } from './views';

/** With more rules than this, their titles stand upright. */
const MOST_ACROSS = 8;

/** Deeper rows are not indented further: their names need the room. */
const DEEPEST = 5;

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
  /** Of what a row, or a cell of it, counts. */
  toAddress: (query: { [name: string]: string | undefined }) => string;
}) {
  const { report, title, isOutdated, toAddress } = props;
  const { by, rules, rows } = report;
  const { label, none, parameter } = VIEWS[by];
  const { shown, toggle } = useFolding(rows);
  const grid = useGridKeys();
  const names = new Map(rows.map(row => [row.ref, nameOf(row, none)]));

  return (
    <div className={styles.scroller}>
      <table
        {...grid}
        role="grid"
        className={styles.table}
        aria-busy={isOutdated}
        data-upright={rules.length > MOST_ACROSS || undefined}
      >
        <caption className={styles.hidden}>{title}</caption>
        <thead>
          <tr>
            <th scope="col" className={styles.corner}>
              {label}
            </th>
            {rules.map(rule => (
              <th key={rule.ruleId} scope="col" title={rule.title}>
                <span className={styles.rule}>{rule.title}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map(({ row, isOpen }) => {
            const name = nameOf(row, none);
            const query = { [parameter]: row.ref ?? 'none' };
            return (
              <tr key={row.ref ?? ''}>
                <th
                  scope="row"
                  className={styles.row}
                  style={{
                    paddingInlineStart: `calc(var(--bui-space-3) * ${Math.min(
                      row.depth,
                      DEEPEST,
                    )} + var(--bui-space-1))`,
                  }}
                >
                  <span className={styles.name}>
                    {by === 'group' && (
                      <span className={styles.fold}>
                        {isOpen !== undefined && (
                          <button
                            type="button"
                            tabIndex={-1}
                            data-stop="fold"
                            aria-expanded={isOpen}
                            aria-label={`Groups below ${name}`}
                            onClick={() => toggle(row.ref!)}
                          >
                            {isOpen ? (
                              <RiArrowDownSLine size={18} aria-hidden="true" />
                            ) : (
                              <RiArrowRightSLine size={18} aria-hidden="true" />
                            )}
                          </button>
                        )}
                      </span>
                    )}
                    <span>
                      <Link
                        tabIndex={-1}
                        data-stop="name"
                        to={toAddress(query)}
                        title={row.ref}
                      >
                        {name}
                      </Link>{' '}
                      <span className={styles.detail}>
                        {row.parent && names.has(row.parent) && (
                          <>
                            <span className={styles.hidden}>
                              in {names.get(row.parent)},
                            </span>{' '}
                          </>
                        )}
                        {formatNumber(row.entities)} judged
                        {row.meanScore !== undefined &&
                          `, score ${formatNumber(row.meanScore)}`}
                      </span>
                    </span>
                  </span>
                </th>
                {row.cells.map((cell, index) => (
                  <HeatMapCell
                    key={rules[index].ruleId}
                    cell={cell}
                    row={name}
                    rule={rules[index].title}
                    column={index}
                    toAddress={outcome =>
                      toAddress({
                        ...query,
                        rule: rules[index].ruleId,
                        outcome,
                      })
                    }
                  />
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function nameOf(row: HeatmapReport['rows'][number], none: string): string {
  return row.ref === undefined
    ? none
    : row.title ?? parseEntityRef(row.ref).name;
}
