import { useApi } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { LoadingLines, ProblemNotice, useLoaded } from '@waymark/ui';
import { useCallback } from 'react';
import { useReader, type Reader } from '../../personal/Reader';
import { GroupsBelow } from './GroupsBelow';
import { haveChildren, loadBelow } from './loadBelow';
import { loadOwned } from './loadOwned';
import { NothingOwned } from './NothingOwned';
import { OwnerShares } from './OwnerShares';

function OwnedBy({ reader }: { reader: Reader }) {
  const { userEntityRef, groups } = reader;
  const catalogApi = useApi(catalogApiRef);
  const load = useCallback(async () => {
    const owned = await loadOwned({ catalogApi, userEntityRef, groups });
    const isLeading = owned.shares.length === 0 && haveChildren(owned.groups);
    return {
      ...owned,
      below: isLeading
        ? await loadBelow({ catalogApi, groups: owned.groups })
        : [],
    };
  }, [catalogApi, userEntityRef, groups]);
  const { value, error, retry } = useLoaded(load);

  if (error) {
    return (
      <ProblemNotice
        title="What your groups own could not be read"
        error={error}
        onRetry={retry}
      />
    );
  }
  if (!value) {
    return <LoadingLines label="Loading what your groups own" lines={8} />;
  }
  if (value.shares.length > 0) {
    return <OwnerShares shares={value.shares} tooMany={value.tooMany} />;
  }
  return value.below.length > 0 ? (
    <GroupsBelow groups={value.groups} branches={value.below} />
  ) : (
    <NothingOwned groups={value.groups} />
  );
}

/** What the reader's groups own, or the groups below theirs. */
export function OwnedByMyGroups() {
  const reader = useReader();
  return reader ? (
    <OwnedBy reader={reader} />
  ) : (
    <LoadingLines label="Loading what your groups own" lines={8} />
  );
}
