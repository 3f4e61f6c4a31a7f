import { parseEntityRef } from '@backstage/catalog-model';
import type { Exemption } from '@waymark/plugin-scorecards-common';
import { EntityLink } from '@waymark/ui';
import { tabAddress } from '../../shared/tabQuery';

/** What the exemption is about, for sentences. */
export function nameOfSubject(exemption: Exemption): string {
  return exemption.entityTitle ?? parseEntityRef(exemption.entityRef).name;
}

/** The way to the rule on the page of the entity. */
export function ExemptionSubject(props: { exemption: Exemption }) {
  const { entityRef, entityTitle, scorecardRef, ruleId } = props.exemption;
  return (
    <EntityLink
      entityRef={entityRef}
      title={entityTitle}
      below={tabAddress({ scorecardRef, ruleId })}
    />
  );
}
