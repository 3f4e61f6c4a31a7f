import { Text } from '@backstage/ui';
import type { PreviewResponse } from '@waymark/plugin-scorecards-common';
import { EntityLink, formatNumber, ScrollTable } from '@waymark/ui';
import { LevelMark } from '../../shared/LevelMark';
import { OutcomeMark } from '../../shared/OutcomeMark';
import { titleOf } from './moves';
import styles from './impact.module.css';

type Row = PreviewResponse['items'][number];
type Levels = PreviewResponse['levels'];

/** Nothing that anybody has to look at. */
const FINE = ['pass', 'notApplicable'];

function Before(props: { row: Row; levels: Levels }) {
  const { row, levels } = props;
  const { before, standing } = row;
  if (before && before.level === standing.level) {
    return null;
  }
  return (
    <Text as="div" variant="body-small" color="secondary">
      {before ? `now: ${titleOf(levels, before.level)}` : 'new'}
    </Text>
  );
}

/** What is left of a rule to look at, and what its expression failed on. */
function Findings(props: { row: Row }) {
  const { outcomes, errors = {} } = props.row;
  const findings = Object.entries(outcomes).filter(
    ([, outcome]) => !FINE.includes(outcome),
  );
  if (findings.length === 0) {
    return <Text color="secondary">All pass</Text>;
  }
  return (
    <ul className={styles.findings}>
      {findings.map(([ruleId, outcome]) => (
        <li key={ruleId}>
          <span className={styles.finding}>
            <OutcomeMark outcome={outcome} /> {ruleId}
          </span>
          {errors[ruleId] && (
            <Text as="div" variant="body-small" color="secondary">
              {errors[ruleId]}
            </Text>
          )}
        </li>
      ))}
    </ul>
  );
}

/** The first of those that the scorecard would be about. */
export function RowsTable(props: {
  levels: Levels;
  items: Row[];
  entities: PreviewResponse['entities'];
}) {
  const { levels, items, entities } = props;
  const total = entities.reduce((sum, each) => sum + each.entities, 0);
  return (
    <ScrollTable
      caption={
        items.length < total
          ? `The first ${formatNumber(items.length)} of ${formatNumber(
              total,
            )}; those to look at come first`
          : 'Those to look at come first'
      }
      maxHeight="36rem"
    >
      <thead>
        <tr>
          <th scope="col">Entity</th>
          <th scope="col">Level</th>
          <th scope="col">What to look at</th>
        </tr>
      </thead>
      <tbody>
        {items.map(row => (
          <tr key={row.entityRef}>
            <th scope="row">
              <EntityLink entityRef={row.entityRef} title={row.title} />
              {row.owner && (
                <Text as="div" variant="body-small" color="secondary">
                  <EntityLink entityRef={row.owner} />
                </Text>
              )}
            </th>
            <td>
              <LevelMark
                levels={levels}
                level={row.standing.level}
                throughExemption={row.standing.throughExemption}
              />
              <Before row={row} levels={levels} />
            </td>
            <td>
              <Findings row={row} />
            </td>
          </tr>
        ))}
      </tbody>
    </ScrollTable>
  );
}
