import { stringifyEntityRef } from '@backstage/catalog-model';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { catalogGraphRouteRef } from '@backstage/plugin-catalog-graph';
import { useEntity } from '@backstage/plugin-catalog-react';
import { Link, Text } from '@backstage/ui';
import { LoadingLines, ProblemNotice, Section } from '@waymark/ui';
import { useCallback } from 'react';
import { TitledRows } from '../entities/TitledRows';
import type { NeighboursApi } from '../neighbours/NeighboursApi';
import { useNeighbours } from '../neighbours/useNeighbours';
import { collectDependencies } from './collectDependencies';
import styles from './DependenciesCard.module.css';

/** What the entity of the page depends on, and what depends on it. */
export function DependenciesCard() {
  const { entity } = useEntity();
  const graphRoute = useRouteRef(catalogGraphRouteRef);
  const { value, error, retry } = useNeighbours(
    useCallback(
      async (api: NeighboursApi) => {
        const [related, throughApis] = await Promise.all([
          api.related(entity),
          api.throughApis(entity),
        ]);
        return collectDependencies({ entity, related, throughApis });
      },
      [entity],
    ),
  );

  const directions = value
    ? [
        { title: 'Provided by', rows: value.providedBy },
        { title: 'Depends on', rows: value.dependsOn },
        { title: 'Used by', rows: value.usedBy },
      ].filter(({ rows }) => rows.length > 0)
    : [];
  let content;
  if (error) {
    content = (
      <ProblemNotice
        title="The dependencies could not be read"
        error={error}
        onRetry={retry}
      />
    );
  } else if (!value) {
    content = <LoadingLines label="Loading the dependencies" lines={5} />;
  } else if (directions.length === 0) {
    content = (
      <Text color="secondary">
        Nothing in the catalog that is open to you depends on it, and it names
        nothing that it depends on.
      </Text>
    );
  } else {
    content = (
      <div className={styles.directions}>
        {directions.map(({ title, rows }) => (
          <TitledRows
            key={title}
            title={title}
            rows={rows}
            count={rows.length}
          />
        ))}
      </div>
    );
  }

  const graph =
    graphRoute &&
    `${graphRoute()}?${new URLSearchParams({
      'rootEntityRefs[]': stringifyEntityRef(entity),
    })}`;
  return (
    <Section
      title="Dependencies"
      action={
        graph ? (
          <Link href={graph} variant="body-small" standalone>
            See the graph
          </Link>
        ) : undefined
      }
    >
      {content}
    </Section>
  );
}
