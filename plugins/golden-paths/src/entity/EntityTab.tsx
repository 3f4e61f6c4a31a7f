import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { Alert, Flex, Text } from '@backstage/ui';
import type { EntityDelivery } from '@waymark/plugin-golden-paths-common';
import {
  EmptyState,
  LoadingLines,
  ProblemNotice,
  Section,
  useLoaded,
} from '@waymark/ui';
import { useCallback } from 'react';
import { goldenPathsApiRef } from '../api';
import { describeType } from '../events/describeEvent';
import { StepLine } from '../newServices/StepLine';
import { Stuck } from '../newServices/Stuck';
import { DocsLink } from '../shared/DocsLink';
import { DeploymentsTable } from './DeploymentsTable';
import { EntityMetrics } from './EntityMetrics';
import { Environments } from './Environments';
import { IncidentsTable } from './IncidentsTable';
import { Provenance } from './Provenance';

const isEmpty = (delivery: EntityDelivery) =>
  delivery.deployments.length === 0 &&
  delivery.incidents.length === 0 &&
  !delivery.firstSteps &&
  !delivery.provenance;

/** What runs where, how it got there, and how that has gone. */
export function EntityTab() {
  const { entity } = useEntity();
  const entityRef = stringifyEntityRef(entity);
  const client = useApi(goldenPathsApiRef);
  const { value, error, retry } = useLoaded(
    useCallback(
      signal => client.getEntityDelivery({ entityRef }, { signal }),
      [client, entityRef],
    ),
  );
  if (error !== undefined) {
    return (
      <ProblemNotice
        title="Its delivery cannot be shown"
        error={error}
        onRetry={retry}
      />
    );
  }
  if (!value) {
    return (
      <Section title="Delivery">
        <LoadingLines label="Loading its delivery" lines={12} />
      </Section>
    );
  }
  if (isEmpty(value)) {
    return (
      <EmptyState title="Nothing was reported yet" action={<DocsLink />}>
        When something reports that this service was deployed, it stands here:
        Argo CD, GitHub, or its pipeline with one command.
      </EmptyState>
    );
  }
  const { firstSteps, provenance, missing } = value;
  return (
    <Flex direction="column" gap="4">
      {missing.length > 0 && (
        <Alert
          status="info"
          icon
          title={`Never reported: ${missing
            .map(type => describeType(type).toLocaleLowerCase('en-US'))
            .join(', ')}`}
          description="Some of the numbers below are made of it, and have nothing to say."
          customActions={<DocsLink />}
        />
      )}
      {firstSteps && (firstSteps.stuck || !firstSteps.steps.production) && (
        <Section title="First steps">
          <Flex direction="column" gap="3">
            <StepLine row={firstSteps} />
            {firstSteps.stuck && <Stuck stuck={firstSteps.stuck} />}
          </Flex>
        </Section>
      )}
      <Environments environments={value.environments} />
      <EntityMetrics entityRef={entityRef} metrics={value.metrics} />
      <Section title="Deployments">
        {value.deployments.length === 0 ? (
          <Text as="p">No deployment was reported.</Text>
        ) : (
          <DeploymentsTable
            deployments={value.deployments}
            entityRef={entityRef}
          />
        )}
      </Section>
      <Section title="Incidents">
        {value.incidents.length === 0 ? (
          <Text as="p">No incident was reported.</Text>
        ) : (
          <IncidentsTable
            incidents={value.incidents}
            deployments={value.deployments}
          />
        )}
      </Section>
      {provenance && <Provenance provenance={provenance} />}
    </Flex>
  );
}
