import { Link, Skeleton } from '@backstage/ui';
import type {
  ScorecardSummary,
  TrendReport,
} from '@waymark/plugin-scorecards-common';
import { formatNumber, NamedEntityLink } from '@waymark/ui';
import { useId } from 'react';
import { LevelBar } from '../shared/LevelBar';
import { LIFECYCLES } from '../shared/lifecycles';
import { Population } from '../shared/predicate/Population';
import { useScorecardAddress } from '../shared/ScorecardLink';
import { describeTrend } from './describeTrend';
import { Sparkline } from './Sparkline';
import styles from './ScorecardItem.module.css';

type Points = TrendReport['scorecards'][number]['points'];

function MeanScore(props: { score?: number; points?: Points | 'loading' }) {
  const { score, points } = props;
  const trend =
    points === 'loading' || points === undefined
      ? undefined
      : describeTrend(points);
  const scores =
    points === 'loading' || points === undefined
      ? []
      : points.flatMap(({ meanScore }) => meanScore ?? []);
  return (
    <div className={styles.score}>
      {score !== undefined && (
        <span className={styles.mean}>
          Mean score <strong>{formatNumber(score)}</strong>
        </span>
      )}
      {points === 'loading' && <Skeleton width={200} height={28} />}
      {scores.length > 1 && <Sparkline values={scores} />}
      {trend && <span className={styles.quiet}>{trend}</span>}
    </div>
  );
}

/** A scorecard among others: what it is for, whom it judges, how they stand. */
export function ScorecardItem(props: {
  scorecard: ScorecardSummary;
  /** Absent where there is no trend to show. */
  points?: Points | 'loading';
}) {
  const { scorecard, points } = props;
  const address = useScorecardAddress(scorecard.scorecardRef);
  const id = useId();
  const total = scorecard.entities.reduce(
    (sum, { entities }) => sum + entities,
    0,
  );
  const { notice } = LIFECYCLES[scorecard.lifecycle];
  return (
    <li>
      <article className={styles.item} aria-labelledby={id}>
        <div className={styles.what}>
          <h2 id={id} className={styles.title}>
            <Link href={address('overview')}>{scorecard.title}</Link>
          </h2>
          {notice && <p className={styles.notice}>{notice}</p>}
          {scorecard.description && <p>{scorecard.description}</p>}
          <p className={styles.quiet}>
            <Population predicate={scorecard.appliesTo} />
            {` · ${formatNumber(total)} ${total === 1 ? 'entity' : 'entities'}`}
          </p>
          <p className={styles.quiet}>
            Owner: <NamedEntityLink entityRef={scorecard.owner} />
          </p>
        </div>
        <div className={styles.how}>
          <LevelBar levels={scorecard.levels} entities={scorecard.entities} />
          <MeanScore score={scorecard.meanScore} points={points} />
        </div>
      </article>
    </li>
  );
}
