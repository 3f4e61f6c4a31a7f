import { parseEntityRef } from '@backstage/catalog-model';
import type { Exemption } from '@waymark/plugin-scorecards-common';
import { EntityLink } from '../../shared/EntityLink';

/** What the exemption is about, for sentences. */
export function nameOfSubject(exemption: Exemption): string {
  return exemption.entityTitle ?? parseEntityRef(exemption.entityRef).name;
}

/** The way to the rule on the page of the entity. */
export function ExemptionSubject(props: { exemption: Exemption }) {
  const { exemption } = props;
  const query = new URLSearchParams({
    scorecard: exemption.scorecardRef.replace(/^scorecard:/, ''),
    rule: exemption.ruleId,
  });
  return (
    <EntityLink
      entityRef={exemption.entityRef}
      title={exemption.entityTitle}
      tab={`/scorecards?${query}`}
    />
  );
}
