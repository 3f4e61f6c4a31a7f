import { Link, Text } from '@backstage/ui';
import { parseEntityRef } from '@backstage/catalog-model';
import type { Exemption, Page } from '@waymark/plugin-scorecards-common';
import {
  DAY,
  EmptyState,
  EntityLink,
  Moment,
  ReportSection,
  ScrollTable,
} from '@waymark/ui';
import { useCallback } from 'react';
import { useScorecardAddress } from '../../shared/ScorecardLink';
import type { Filters } from '../filters/useFilters';
import { useReport } from '../useReport';
import { tabAddress } from '../../shared/tabQuery';

const DAYS_AHEAD = 30;

const SHOWN = 10;

function ExemptionRow(props: { exemption: Exemption }) {
  const { entityRef, entityTitle, scorecardRef, ruleId, ...exemption } =
    props.exemption;
  const address = useScorecardAddress(scorecardRef);
  return (
    <tr>
      <th scope="row">
        <EntityLink
          entityRef={entityRef}
          title={entityTitle}
          below={tabAddress({ scorecardRef, ruleId })}
        />
      </th>
      <td>{exemption.ruleTitle ?? ruleId}</td>
      <td>
        <Link href={address('exemptions', { state: 'approved' })}>
          {exemption.scorecardTitle ?? parseEntityRef(scorecardRef).name}
        </Link>
      </td>
      <td>
        <Moment at={exemption.expiresAt} />
      </td>
    </tr>
  );
}

/** The exemptions in force that are about to end. */
export function ExpiringSection(props: { filters: Filters }) {
  const { scorecard, domain, owner } = props.filters;
  const report = useReport<Page<Exemption>>(
    useCallback(
      (client, signal) =>
        client.listExemptions(
          {
            state: 'approved',
            scorecard,
            domain,
            owner,
            expiresBefore: new Date(
              Date.now() + DAYS_AHEAD * DAY,
            ).toISOString(),
            sort: 'expiresAt',
            limit: SHOWN,
          },
          { signal },
        ),
      [scorecard, domain, owner],
    ),
  );
  return (
    <ReportSection title="Exemptions about to end" report={report} lines={4}>
      {({ items, nextCursor }) =>
        items.length === 0 ? (
          <EmptyState
            isPlain
            title={`No exemption ends within ${DAYS_AHEAD} days`}
          />
        ) : (
          <>
            <ScrollTable
              caption={`Exemptions that end within ${DAYS_AHEAD} days, the first one first`}
            >
              <thead>
                <tr>
                  <th scope="col">Service</th>
                  <th scope="col">Rule</th>
                  <th scope="col">Scorecard</th>
                  <th scope="col">Ends</th>
                </tr>
              </thead>
              <tbody>
                {items.map(exemption => (
                  <ExemptionRow key={exemption.id} exemption={exemption} />
                ))}
              </tbody>
            </ScrollTable>
            {nextCursor && (
              <Text color="secondary">
                These {SHOWN} end first. All of them are among the exemptions of
                each scorecard.
              </Text>
            )}
          </>
        )
      }
    </ReportSection>
  );
}
