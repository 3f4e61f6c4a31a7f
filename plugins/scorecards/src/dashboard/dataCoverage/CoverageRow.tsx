import { Link } from '@backstage/ui';
import { formatNumber, formatPercent } from '@waymark/ui';
import { ScorecardLink, useScorecardAddress } from '../../shared/ScorecardLink';
import type { Filters } from '../filters/useFilters';
import type { Coverage } from './countCoverage';
import styles from './CoverageRow.module.css';

/** Rules that are named; more would bury the first. */
const NAMED = 3;

/** One scorecard: how much of it is known. */
export function CoverageRow(props: { coverage: Coverage; filters: Filters }) {
  const { coverage, filters } = props;
  const { scorecardRef, title, checks, noData, causes } = coverage;
  const { domain, owner } = filters;
  const address = useScorecardAddress(scorecardRef);
  const share = checks > 0 ? (checks - noData) / checks : undefined;
  return (
    <tr>
      <th scope="row">
        <ScorecardLink scorecardRef={scorecardRef} title={title} />
      </th>
      <td className={styles.share}>
        {share === undefined ? (
          'Nothing to judge yet'
        ) : (
          <>
            {formatPercent(share)} of {formatNumber(checks)} checks
            <span className={styles.bar} aria-hidden="true">
              <span style={{ width: `${100 * share}%` }} />
            </span>
          </>
        )}
      </td>
      <td data-numeric>{formatNumber(noData)}</td>
      <td className={styles.missing}>
        {causes.length === 0 ? (
          'Nothing is missing'
        ) : (
          <ul className={styles.causes}>
            {causes.slice(0, NAMED).map(cause => (
              <li key={cause.ruleId}>
                <Link
                  href={address('services', {
                    rule: cause.ruleId,
                    outcome: 'noData',
                    domain,
                    owner,
                  })}
                >
                  {cause.title}: {formatNumber(cause.noData)}
                </Link>
              </li>
            ))}
          </ul>
        )}
      </td>
    </tr>
  );
}
