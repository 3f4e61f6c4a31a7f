import { useApi } from '@backstage/frontend-plugin-api';
import { Flex, Text } from '@backstage/ui';
import type {
  TemplateService,
  TemplateServices as Services,
} from '@waymark/plugin-golden-paths-common';
import {
  Choice,
  EmptyState,
  EntityFilter,
  FilterFields,
  RowsTable,
  useAddress,
  useMore,
} from '@waymark/ui';
import { useCallback, useMemo } from 'react';
import { goldenPathsApiRef } from '../../api';
import { MoreButton } from '../../shared/MoreButton';
import { BackToTemplate } from '../BackToTemplate';
import { nameOfVersion } from '../nameOfVersion';
import { columnsOf } from './columns';

const PAGE_SIZE = 50;

/** Which of a choice `behind` is, as the address has it. */
const BEHIND = [
  { id: 'true', label: 'There is a newer one' },
  { id: 'false', label: 'The latest' },
];

const idOf = ({ entityRef }: TemplateService) => entityRef;

/** The services behind the numbers of a golden path: who has which version. */
export function TemplateServices(props: { templateRef: string }) {
  const { templateRef } = props;
  const client = useApi(goldenPathsApiRef);
  const [query, change] = useAddress();
  const owner = query.get('owner') ?? undefined;
  const version = query.get('version') ?? undefined;
  const behind = BEHIND.find(({ id }) => id === query.get('behind'))?.id;
  const list = useMore<Services>(
    useCallback(
      (cursor, signal) =>
        client.getTemplateServices(
          {
            templateRef,
            owner,
            version,
            ...(behind && { behind: behind === 'true' }),
            cursor,
            limit: PAGE_SIZE,
          },
          { signal },
        ),
      [client, templateRef, owner, version, behind],
    ),
  );
  const newest = list.first?.newest;
  const columns = useMemo(() => columnsOf(newest), [newest]);
  const isNarrowed = Boolean(owner || version || behind);
  const isEmpty = list.items?.length === 0 && !list.isLoading && !list.error;
  return (
    <Flex direction="column" gap="4">
      <BackToTemplate
        templateRef={templateRef}
        title="Services that follow it"
      />
      <FilterFields>
        <EntityFilter
          kind="group"
          label="Owner"
          value={owner}
          onChange={ref => change({ owner: ref })}
        />
        <Choice
          label="Version"
          any="Any"
          value={version ?? behind}
          options={[
            ...BEHIND,
            ...(version
              ? [
                  {
                    id: version,
                    label:
                      version === 'none' ? 'Not known' : nameOfVersion(version),
                  },
                ]
              : []),
          ]}
          onChange={id =>
            change(
              id === version
                ? { behind: undefined }
                : { behind: id, version: undefined },
            )
          }
        />
      </FilterFields>
      {isEmpty && isNarrowed && (
        <EmptyState title="No service that follows it is like that">
          Choose another owner or version.
        </EmptyState>
      )}
      {isEmpty && !isNarrowed && (
        <EmptyState title="No service follows it yet">
          Services that were created with it stand here, as soon as the portal
          has read their repositories.
        </EmptyState>
      )}
      {!isEmpty && (list.items || !list.error) && (
        <RowsTable
          label="Services that follow it, with their versions"
          columns={columns}
          rows={list.items}
          idOf={idOf}
          isStale={list.isLoading && list.items !== undefined}
          minWidth={800}
          stacks
        />
      )}
      <MoreButton list={list} problem="The services cannot be shown" />
      {list.items && list.items.length > 0 && (
        <Text as="p" variant="body-small" color="secondary">
          Since: the first week of those without a break in which the portal saw
          that version. What is proposed counts once its owners have merged it.
        </Text>
      )}
    </Flex>
  );
}
