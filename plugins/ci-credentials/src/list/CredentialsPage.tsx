import { useApi } from '@backstage/frontend-plugin-api';
import { Container, Flex, Skeleton, Text } from '@backstage/ui';
import { ProblemNotice, useLoaded } from '@waymark/ui';
import { useCallback } from 'react';
import { ciCredentialsApiRef } from '../api';
import { ForbiddenNotice } from '../shared/ForbiddenNotice';
import { CredentialList } from './CredentialList';
import { EntityFilter } from './EntityFilter';

function PageContent() {
  const client = useApi(ciCredentialsApiRef);
  const { value, error, retry } = useLoaded(
    useCallback(() => client.getSettings(), [client]),
  );

  if (error) {
    return (
      <ProblemNotice
        title="CI credentials cannot be shown"
        error={error}
        onRetry={retry}
      />
    );
  }
  if (!value) {
    return <Skeleton height={240} aria-label="Loading CI credentials" />;
  }
  if (!value.access.read) {
    return (
      <ForbiddenNotice title="You may not see CI credentials">
        They are shown to those who look after the services, and to those who
        oversee the portal.
      </ForbiddenNotice>
    );
  }
  return (
    <CredentialList
      settings={value}
      mayCreate={value.access.create}
      moreFilters={<EntityFilter />}
    />
  );
}

/**
 * All credentials that the reader may see.
 *
 * @internal
 */
export function CredentialsPage() {
  return (
    <Container>
      <Flex direction="column" gap="4">
        <Text color="secondary">
          With these, pipelines tell this portal what they did.
        </Text>
        <PageContent />
      </Flex>
    </Container>
  );
}
