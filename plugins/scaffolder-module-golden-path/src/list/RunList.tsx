import {
  configApiRef,
  useApi,
  useRouteRef,
} from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import { taskCreatePermission } from '@backstage/plugin-scaffolder-common/alpha';
import scaffolderPlugin from '@backstage/plugin-scaffolder/alpha';
import {
  ButtonLink,
  Container,
  Flex,
  TablePagination,
  ToggleButton,
  ToggleButtonGroup,
} from '@backstage/ui';
import {
  EmptyState,
  LoadingLines,
  ProblemNotice,
  useLoaded,
} from '@waymark/ui';
import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';
import { goldenPathApiRef } from '../api';
import { RunTable } from './RunTable';

const PAGE_SIZE = 20;

function NoRuns(props: { mine: boolean; mayCreate: boolean }) {
  const { mine, mayCreate } = props;
  const toCreate = useRouteRef(scaffolderPlugin.routes.root);
  const title = useApi(configApiRef).getOptionalString('app.title');
  return (
    <EmptyState
      headingLevel="h2"
      title={mine ? 'You have not run a template yet' : 'No runs yet'}
      action={
        mayCreate &&
        toCreate && (
          <ButtonLink href={toCreate()} variant="primary">
            Choose what to create
          </ButtonLink>
        )
      }
    >
      {mine
        ? `What you make with ${
            title ?? 'this portal'
          } is listed here, with how it went.`
        : 'What people make with templates is listed here.'}
    </EmptyState>
  );
}

/**
 * Runs of templates: the reader's own, or all that they may see. Who starts none,
 * such as an auditor, sees all from the beginning.
 *
 * @internal
 */
export function RunList() {
  const goldenPathApi = useApi(goldenPathApiRef);
  const { allowed: mayCreate, loading } = usePermission({
    permission: taskCreatePermission,
  });
  const [query, setQuery] = useSearchParams();
  const whose = query.get('runs') ?? (mayCreate ? 'mine' : 'all');
  const mine = whose === 'mine';
  const offset = Math.max(0, Number(query.get('from')) || 0);

  const { value, error, retry } = useLoaded(
    useCallback(
      async () =>
        loading
          ? undefined
          : await goldenPathApi.listRuns({ mine, limit: PAGE_SIZE, offset }),
      [goldenPathApi, loading, mine, offset],
    ),
  );
  const goTo = (next: { runs: string; from: number }) =>
    setQuery(
      next.from > 0
        ? { runs: next.runs, from: String(next.from) }
        : { runs: next.runs },
      { replace: true },
    );

  return (
    <Container py="6">
      <Flex direction="column" gap="4">
        <Flex>
          <ToggleButtonGroup
            aria-label="Whose runs"
            selectionMode="single"
            disallowEmptySelection
            selectedKeys={[whose]}
            onSelectionChange={keys =>
              goTo({ runs: String([...keys][0]), from: 0 })
            }
          >
            <ToggleButton id="mine">Mine</ToggleButton>
            <ToggleButton id="all">All</ToggleButton>
          </ToggleButtonGroup>
        </Flex>
        {error !== undefined && (
          <ProblemNotice
            title="The runs could not be read"
            error={error}
            onRetry={retry}
          />
        )}
        {!value && error === undefined && (
          <LoadingLines label="Loading the runs" lines={6} />
        )}
        {value && value.items.length === 0 && offset === 0 && (
          <NoRuns mine={mine} mayCreate={mayCreate} />
        )}
        {value && (value.items.length > 0 || offset > 0) && (
          <>
            <RunTable runs={value.items} showsStarter={!mine} />
            <TablePagination
              pageSize={PAGE_SIZE}
              showPageSizeOptions={false}
              offset={offset}
              totalCount={value.totalItems}
              hasNextPage={offset + PAGE_SIZE < value.totalItems}
              hasPreviousPage={offset > 0}
              onNextPage={() => goTo({ runs: whose, from: offset + PAGE_SIZE })}
              onPreviousPage={() =>
                goTo({ runs: whose, from: Math.max(0, offset - PAGE_SIZE) })
              }
            />
          </>
        )}
      </Flex>
    </Container>
  );
}
