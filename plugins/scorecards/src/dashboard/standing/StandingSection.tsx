import { Link } from '@backstage/ui';
import { Section, formatNumber } from '@waymark/ui';
import type {
  LevelsReport,
  TrendReport,
} from '@waymark/plugin-scorecards-common';
import { LevelBar } from '../../shared/LevelBar';
import { ScorecardLink, useScorecardAddress } from '../../shared/ScorecardLink';
import type { Filters } from '../filters/useFilters';
import { ChangeNote } from './ChangeNote';
import styles from './StandingSection.module.css';

type Scorecard = LevelsReport['scorecards'][number];

function Standing(props: {
  scorecard: Scorecard;
  filters: Filters;
  trend?: TrendReport;
}) {
  const { scorecard, filters, trend } = props;
  const { scorecardRef, title, levels, entities } = scorecard;
  const { domain, owner } = filters;
  const address = useScorecardAddress(scorecardRef);
  const total = entities.reduce((sum, each) => sum + each.entities, 0);
  return (
    <li className={styles.scorecard}>
      <div className={styles.title}>
        <h4>
          <ScorecardLink scorecardRef={scorecardRef} title={title} />
        </h4>
        <Link href={address('services', { domain, owner })}>
          {formatNumber(total)} {total === 1 ? 'service' : 'services'}
        </Link>
      </div>
      <LevelBar
        levels={levels}
        entities={entities}
        addressOf={level => address('services', { level, domain, owner })}
      />
      <ChangeNote scorecard={scorecard} trend={trend} range={filters.range} />
    </li>
  );
}

/** Where each scorecard stands today, and what has changed. */
export function StandingSection(props: {
  report: LevelsReport;
  filters: Filters;
  /** Comes later: then what has changed is told. */
  trend?: TrendReport;
}) {
  const { report, filters, trend } = props;
  return (
    <Section title="Where we stand">
      <ul className={styles.scorecards}>
        {report.scorecards.map(scorecard => (
          <Standing
            key={scorecard.scorecardRef}
            scorecard={scorecard}
            filters={filters}
            trend={trend}
          />
        ))}
      </ul>
    </Section>
  );
}
