import { Link, Text } from '@backstage/ui';
import type { LevelsReport } from '@waymark/plugin-scorecards-common';
import { formatNumber } from '@waymark/ui';
import { LevelBar } from '../shared/LevelBar';
import { useScorecardAddress } from '../shared/ScorecardLink';
import styles from './GroupStandings.module.css';

type Standing = LevelsReport['scorecards'][number];

/** How many days back a standing is compared. */
export const DAYS_BACK = 30;

function describeChange(standing: Standing, before?: Standing): string {
  if (standing.meanScore === undefined || before?.meanScore === undefined) {
    return '';
  }
  const change = Math.round(standing.meanScore - before.meanScore);
  if (change === 0) {
    return `, as ${DAYS_BACK} days ago`;
  }
  return `, ${change > 0 ? 'up' : 'down'} ${formatNumber(
    Math.abs(change),
  )} in ${DAYS_BACK} days`;
}

function StandingOf(props: {
  owner: string;
  standing: Standing;
  before?: Standing;
}) {
  const { owner, standing, before } = props;
  const address = useScorecardAddress(standing.scorecardRef);
  return (
    <li className={styles.standing}>
      <div className={styles.head}>
        <Link href={address('services', { owner })} weight="bold">
          {standing.title}
        </Link>
        {standing.meanScore !== undefined && (
          <Text as="span" variant="body-small" color="secondary">
            {`Score ${formatNumber(standing.meanScore)}${describeChange(
              standing,
              before,
            )}`}
          </Text>
        )}
        <span className={styles.aside}>
          <Link
            href={address('heat-map', { owner })}
            variant="body-small"
            aria-label={`Heat map of ${standing.title}`}
          >
            Heat map
          </Link>
        </span>
      </div>
      <LevelBar levels={standing.levels} entities={standing.entities} />
    </li>
  );
}

/** Whether a scorecard judges anything here. */
const judges = ({ entities }: Standing) =>
  entities.some(each => each.entities > 0);

/** The scorecards that say something about a group. */
export const judgedBy = (report: LevelsReport): Standing[] =>
  report.scorecards.filter(judges);

/** How a group stands, with all below it: its entities per level of each scorecard. */
export function GroupStandings(props: {
  /** Ref of the group. */
  owner: string;
  report: LevelsReport;
  /** Some time ago. */
  before?: LevelsReport;
}) {
  const { owner, report, before } = props;
  return (
    <ul className={styles.list} aria-label="Scorecards">
      {judgedBy(report).map(standing => (
        <StandingOf
          key={standing.scorecardRef}
          owner={owner}
          standing={standing}
          before={before?.scorecards.find(
            ({ scorecardRef }) => scorecardRef === standing.scorecardRef,
          )}
        />
      ))}
    </ul>
  );
}
