import type { HeatmapReport } from '@waymark/plugin-scorecards-common';
import { useCallback, useMemo, useState } from 'react';

type Row = HeatmapReport['rows'][number];

/** A row, and whether there are rows below it. */
export interface FoldableRow {
  row: Row;
  /** Undefined: there is nothing below it. */
  isOpen?: boolean;
}

/** The rows that are not folded away; all are open at first. */
export function useFolding(rows: Row[]): {
  shown: FoldableRow[];
  toggle: (ref: string) => void;
} {
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());

  const shown = useMemo(() => {
    const byRef = new Map(rows.map(row => [row.ref, row]));
    const parents = new Set(rows.map(({ parent }) => parent));
    const isHidden = (row: Row): boolean => {
      const above =
        row.parent === undefined ? undefined : byRef.get(row.parent);
      // Depth ends this even where groups run in a circle
      return (
        above !== undefined &&
        above.depth < row.depth &&
        (folded.has(row.parent!) || isHidden(above))
      );
    };
    return rows
      .filter(row => !isHidden(row))
      .map(row => ({
        row,
        isOpen:
          row.ref !== undefined && parents.has(row.ref)
            ? !folded.has(row.ref)
            : undefined,
      }));
  }, [rows, folded]);

  const toggle = useCallback(
    (ref: string) =>
      setFolded(before => {
        const after = new Set(before);
        if (!after.delete(ref)) {
          after.add(ref);
        }
        return after;
      }),
    [],
  );

  return { shown, toggle };
}
