import { parseEntityRef } from '@backstage/catalog-model';
import { RiArrowDownSLine, RiArrowRightSLine } from '@remixicon/react';
import type { HeatmapReport } from '@waymark/plugin-scorecards-common';
import { formatNumber } from '@waymark/ui';
import { memo } from 'react';
import { HeatMapCell } from './HeatMapCell';
import styles from './HeatMapTable.module.css';
import { narrow } from './useLinks';
import { VIEWS } from './views';

type Row = HeatmapReport['rows'][number];

/** Deeper rows are not indented further: their names need the room. */
const DEEPEST = 5;

/** What a row is called. */
export function nameOfRow(row: Row, by: HeatmapReport['by']): string {
  return row.ref === undefined
    ? VIEWS[by].none
    : row.title ?? parseEntityRef(row.ref).name;
}

function FoldButton(props: {
  name: string;
  isOpen: boolean;
  onPress: () => void;
}) {
  const { name, isOpen, onPress } = props;
  const Icon = isOpen ? RiArrowDownSLine : RiArrowRightSLine;
  return (
    <button
      type="button"
      tabIndex={-1}
      data-stop="fold"
      aria-expanded={isOpen}
      aria-label={`Groups below ${name}`}
      onClick={onPress}
    >
      <Icon size={18} aria-hidden="true" />
    </button>
  );
}

function PlainRow(props: {
  by: HeatmapReport['by'];
  row: Row;
  rules: HeatmapReport['rules'];
  /** Of the row above it. */
  parent?: string;
  /** Undefined: there is nothing below it. */
  isOpen?: boolean;
  /** Of what the whole heat map counts. */
  href: string;
  onToggle: (ref: string) => void;
}) {
  const { by, row, rules, parent, isOpen, onToggle } = props;
  const { ref, depth, entities, meanScore, cells } = row;
  const name = nameOfRow(row, by);
  const href = narrow(props.href, { [VIEWS[by].parameter]: ref ?? 'none' });
  return (
    <tr>
      <th
        scope="row"
        className={styles.row}
        style={{
          paddingInlineStart: `calc(var(--indent) * ${Math.min(
            depth,
            DEEPEST,
          )} + var(--bui-space-1))`,
        }}
      >
        <span className={styles.name}>
          {by === 'group' && (
            <span className={styles.fold}>
              {isOpen !== undefined && (
                <FoldButton
                  name={name}
                  isOpen={isOpen}
                  onPress={() => onToggle(ref!)}
                />
              )}
            </span>
          )}
          <span>
            <a tabIndex={-1} data-stop="name" href={href} title={ref}>
              {name}
            </a>{' '}
            <span className={styles.detail}>
              {parent !== undefined && (
                <>
                  <span className={styles.hidden}>in {parent},</span>{' '}
                </>
              )}
              {formatNumber(entities)} judged
              {meanScore !== undefined && `, score ${formatNumber(meanScore)}`}
            </span>
          </span>
        </span>
      </th>
      {cells.map((cell, index) => (
        <HeatMapCell
          key={rules[index].ruleId}
          cell={cell}
          row={name}
          rule={rules[index]}
          column={index}
          href={href}
        />
      ))}
    </tr>
  );
}

/** Drawn again only when something of it changes: there may be thousands of cells. */
export const HeatMapRow = memo(PlainRow);
