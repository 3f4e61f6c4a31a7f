import { useEntity } from '@backstage/plugin-catalog-react';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { ButtonLink, Text } from '@backstage/ui';
import type { ScorecardEntityV1alpha1 } from '@waymark/plugin-scorecards-common';
import { formatNumber, Section } from '@waymark/ui';
import { LIFECYCLES } from '../shared/lifecycles';
import { Population } from '../shared/predicate/Population';
import { useScorecardAddress } from '../shared/ScorecardLink';
import styles from './DefinitionCard.module.css';

/** On the page of a scorecard in the catalog: what it is about, and where it is shown. */
export function DefinitionCard() {
  const { entity } = useEntity<ScorecardEntityV1alpha1>();
  const address = useScorecardAddress(stringifyEntityRef(entity));
  const { rules, levels, appliesTo, lifecycle = 'live' } = entity.spec;
  const { notice } = LIFECYCLES[lifecycle];
  return (
    <Section
      title="Scorecard"
      headingLevel="h2"
      action={
        <ButtonLink href={address('overview')} variant="secondary" size="small">
          Open the scorecard
        </ButtonLink>
      }
    >
      {notice && <Text>{notice}</Text>}
      <dl className={styles.list}>
        <dt>Judges</dt>
        <dd>
          <Population predicate={appliesTo} />
        </dd>
        <dt>Rules</dt>
        <dd>{formatNumber(rules.length)}</dd>
        <dt>Levels</dt>
        <dd>
          {levels
            .map(
              ({ id, title = `${id.charAt(0).toUpperCase()}${id.slice(1)}` }) =>
                title,
            )
            .join(', ')}
        </dd>
      </dl>
    </Section>
  );
}
