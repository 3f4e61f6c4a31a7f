import { useApi } from '@backstage/frontend-plugin-api';
import { Link, Text } from '@backstage/ui';
import type { Exemption, RulesReport } from '@waymark/plugin-scorecards-common';
import {
  DAY,
  EntityLink,
  formatNumber,
  LoadingLines,
  Moment,
  ProblemNotice,
  useLoaded,
} from '@waymark/ui';
import { useCallback } from 'react';
import { scorecardsApiRef } from '../api';
import { useScorecardAddress } from '../shared/ScorecardLink';
import styles from './WhereToLook.module.css';
import { tabAddress } from '../shared/tabQuery';

/** Of rules and of exemptions: a place to start, not a list of all that is wrong. */
const SHOWN = 3;

/** An exemption that ends within so many days is worth a look. */
const SOON_DAYS = 30;

type Rule = RulesReport['rules'][number];

function FailingRule(props: { owner: string; rule: Rule }) {
  const { owner, rule } = props;
  const { scorecardRef, ruleId, title, outcomes } = rule;
  const address = useScorecardAddress(scorecardRef);
  const judged =
    outcomes.pass + outcomes.fail + outcomes.noData + outcomes.error;
  return (
    <li>
      <Link
        href={address('services', { owner, rule: ruleId, outcome: 'fail' })}
      >
        {title}
      </Link>{' '}
      <Text as="span" variant="body-small" color="secondary">
        {`${formatNumber(outcomes.fail)} of ${formatNumber(judged)} ${
          outcomes.fail === 1 ? 'fails' : 'fail'
        }`}
      </Text>
    </li>
  );
}

function EndingExemption({ exemption }: { exemption: Exemption }) {
  const { entityRef, entityTitle, scorecardRef, ruleId } = exemption;
  return (
    <li>
      <EntityLink
        entityRef={entityRef}
        title={entityTitle}
        below={tabAddress({ scorecardRef, ruleId })}
      />{' '}
      <Text as="span" variant="body-small" color="secondary">
        {exemption.ruleTitle ?? ruleId}, ends{' '}
        <Moment at={exemption.expiresAt} inline />
      </Text>
    </li>
  );
}

/** The rules that most of a group's entities fail, and the exemptions that end soon. */
export function WhereToLook({ owner }: { owner: string }) {
  const client = useApi(scorecardsApiRef);
  const { value, error, retry } = useLoaded(
    useCallback(
      async signal => {
        const [{ rules }, { items: exemptions }] = await Promise.all([
          client.getRulesReport({ owner }, { signal }),
          client.listExemptions(
            {
              owner,
              state: 'approved',
              expiresBefore: new Date(
                Date.now() + SOON_DAYS * DAY,
              ).toISOString(),
              sort: 'expiresAt',
              limit: SHOWN,
            },
            { signal },
          ),
        ]);
        const failing = rules
          .filter(({ outcomes }) => outcomes.fail > 0)
          .sort((a, b) => b.outcomes.fail - a.outcomes.fail)
          .slice(0, SHOWN);
        return { failing, exemptions };
      },
      [client, owner],
    ),
  );

  if (error) {
    return (
      <ProblemNotice
        title="Where to look cannot be shown"
        error={error}
        onRetry={retry}
      />
    );
  }
  if (!value) {
    return <LoadingLines label="Loading where to look" lines={4} />;
  }
  const { failing, exemptions } = value;
  return (
    <div className={styles.columns}>
      {failing.length > 0 && (
        <div>
          <h4 className={styles.title}>Where most is to be gained</h4>
          <ul className={styles.list}>
            {failing.map(rule => (
              <FailingRule
                key={`${rule.scorecardRef} ${rule.ruleId}`}
                owner={owner}
                rule={rule}
              />
            ))}
          </ul>
        </div>
      )}
      {exemptions.length > 0 && (
        <div>
          <h4 className={styles.title}>Exemptions that end soon</h4>
          <ul className={styles.list}>
            {exemptions.map(exemption => (
              <EndingExemption key={exemption.id} exemption={exemption} />
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}
