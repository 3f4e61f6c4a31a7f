import { Link } from '@backstage/ui';
import type { RuleOutcome } from '@waymark/plugin-scorecards-common';
import { ScorecardLink, useScorecardAddress } from '../../shared/ScorecardLink';
import { CountLink } from '../CountLink';
import type { Filters } from '../filters/useFilters';
import type { Gap } from './findGaps';

/** A rule, and how many services it keeps from a level, by why. */
export function GapRow(props: { gap: Gap; filters: Filters }) {
  const { gap, filters } = props;
  const { scorecardRef, scorecardTitle, ruleId, title, blocking } = gap;
  const { domain, owner } = filters;
  const address = useScorecardAddress(scorecardRef);
  const count = (outcome: RuleOutcome & keyof Gap['blocking']) => (
    <td data-numeric>
      <CountLink
        count={blocking[outcome]}
        href={address('services', {
          level: gap.from,
          rule: ruleId,
          outcome,
          domain,
          owner,
        })}
      />
    </td>
  );
  return (
    <tr>
      <th scope="row">
        <Link href={address('rules', { rule: ruleId })}>{title}</Link>
      </th>
      <td>
        <ScorecardLink scorecardRef={scorecardRef} title={scorecardTitle} />
      </td>
      <td>{gap.level}</td>
      {count('fail')}
      {count('noData')}
      {count('error')}
    </tr>
  );
}
