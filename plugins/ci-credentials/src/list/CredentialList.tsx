import { Flex, TablePagination, Text } from '@backstage/ui';
import {
  ciCredentialRevokePermission,
  type CiCredential,
  type CiCredentialSettings,
} from '@waymark/plugin-ci-credentials-common';
import { ProblemNotice, useEntityRights } from '@waymark/ui';
import { useMemo, type ReactNode } from 'react';
import { CreateButton } from '../create/CreateButton';
import { GithubPanel } from '../github/GithubPanel';
import { CredentialTable } from './CredentialTable';
import { NothingYet } from './NothingYet';
import { StateFilter } from './StateFilter';
import { useCredentials } from './useCredentials';
import { useFilterInAddress } from './useFilterInAddress';

/** Of which credentials the reader may revoke: needs the right for each entity. */
function useRevocable(credentials: CiCredential[] | undefined): Set<string> {
  const active = useMemo(
    () => credentials?.filter(({ state }) => state === 'active') ?? [],
    [credentials],
  );
  const allowed = useEntityRights({
    permission: ciCredentialRevokePermission,
    entityRefs: useMemo(
      () => active.flatMap(({ entityRefs }) => entityRefs),
      [active],
    ),
  });
  return useMemo(
    () =>
      new Set(
        active
          .filter(
            ({ entityRefs, hiddenEntities }) =>
              hiddenEntities === 0 && entityRefs.every(ref => allowed.has(ref)),
          )
          .map(({ id }) => id),
      ),
    [active, allowed],
  );
}

/**
 * Credentials with everything that can be done with them: of all entities that
 * the reader may see, or of one.
 *
 * @internal
 */
export function CredentialList(props: {
  settings: CiCredentialSettings;
  /** The only entity it is about; all of them without. */
  entityRef?: string;
  /** Whether new ones are offered. */
  mayCreate: boolean;
  /** More ways to narrow the list, beside that by state. */
  moreFilters?: ReactNode;
}) {
  const { settings, entityRef, mayCreate } = props;
  const { filter, setFilter } = useFilterInAddress();
  const { credentials, isStale, error, pagination, reload, replace } =
    useCredentials({
      ...filter,
      ...(entityRef && { entityRef }),
    });
  const revocable = useRevocable(credentials);

  const isFiltered =
    filter.state !== undefined ||
    (!entityRef && filter.entityRef !== undefined);
  const isEmpty = credentials?.length === 0 && !isStale;

  let content: ReactNode;
  if (error) {
    content = (
      <ProblemNotice
        title="The credentials could not be read"
        error={error}
        onRetry={reload}
      />
    );
  } else if (isEmpty && !isFiltered) {
    content = <NothingYet mayCreate={mayCreate} />;
  } else if (isEmpty) {
    content = <Text role="status">No credential is like that.</Text>;
  } else {
    content = (
      <>
        <CredentialTable
          credentials={credentials}
          isStale={isStale}
          isOfOneEntity={entityRef !== undefined}
          revocable={revocable}
          onRevoked={replace}
        />
        {credentials && <TablePagination {...pagination} />}
      </>
    );
  }

  return (
    <Flex direction="column" gap="4">
      <Flex
        justify="between"
        align="center"
        gap="3"
        style={{ flexWrap: 'wrap' }}
      >
        <Flex align="center" gap="3" style={{ flexWrap: 'wrap' }}>
          <StateFilter
            value={filter.state}
            onChange={state => setFilter({ ...filter, state })}
          />
          {props.moreFilters}
        </Flex>
        {/* Always in this one place: a dialog that moved would lose its token */}
        {mayCreate && (
          <CreateButton
            settings={settings}
            entityRef={entityRef ?? filter.entityRef}
            onCreated={reload}
          />
        )}
      </Flex>
      {content}
      <GithubPanel github={settings.github} />
    </Flex>
  );
}
