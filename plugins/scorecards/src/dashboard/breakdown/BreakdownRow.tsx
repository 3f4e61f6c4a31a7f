import { parseEntityRef } from '@backstage/catalog-model';
import { Link } from '@backstage/ui';
import type {
  BreakdownReport,
  LevelCount,
} from '@waymark/plugin-scorecards-common';
import { useSearchParams } from 'react-router-dom';
import { LevelBar } from '../../shared/LevelBar';
import { useScorecardAddress } from '../../shared/ScorecardLink';
import type { Filters } from '../filters/useFilters';
import { mergeScorecards } from '../mergeScorecards';
import { isMerged } from './columns';
import styles from './BreakdownTable.module.css';

const NONE = { domain: 'No domain', group: 'No group', system: 'No system' };

/** One scorecard of one row, whose numbers open the services behind them. */
function ScorecardCell(props: {
  scorecard: BreakdownReport['scorecards'][number];
  entities: LevelCount[];
  query: { domain?: string; owner?: string };
}) {
  const { scorecard, entities, query } = props;
  const address = useScorecardAddress(scorecard.scorecardRef);
  return (
    <LevelBar
      levels={scorecard.levels}
      entities={entities}
      isCompact
      addressOf={level => address('services', { level, ...query })}
    />
  );
}

function MergedCell(props: {
  report: BreakdownReport;
  entities: LevelCount[][];
}) {
  const { levels, sum } = mergeScorecards(props.report.scorecards);
  return <LevelBar levels={levels} entities={sum(props.entities)} isCompact />;
}

/** A domain or group; its name narrows the whole dashboard to it. */
export function BreakdownRow(props: {
  row: BreakdownReport['rows'][number];
  report: BreakdownReport;
  filters: Filters;
}) {
  const { row, report, filters } = props;
  const { by, scorecards } = report;
  const { domain, owner } = filters;
  const [query] = useSearchParams();
  const parameter = by === 'group' ? 'owner' : 'domain';
  const ref = row.ref ?? 'none';
  const name =
    row.title ??
    (row.ref === undefined ? NONE[by] : parseEntityRef(row.ref).name);
  const narrowed = new URLSearchParams(query);
  narrowed.set(parameter, ref);
  const entities = row.scorecards.map(each => each.entities);
  return (
    <tr>
      <th
        scope="row"
        className={styles.name}
        style={{ paddingInlineStart: `${row.depth}rem` }}
      >
        <Link href={`?${narrowed}`}>{name}</Link>
      </th>
      {isMerged(report) ? (
        <td className={styles.cell}>
          <MergedCell report={report} entities={entities} />
        </td>
      ) : (
        scorecards.map((scorecard, index) => (
          <td key={scorecard.scorecardRef} className={styles.cell}>
            <ScorecardCell
              scorecard={scorecard}
              entities={entities[index]}
              query={{ domain, owner, [parameter]: ref }}
            />
          </td>
        ))
      )}
    </tr>
  );
}
