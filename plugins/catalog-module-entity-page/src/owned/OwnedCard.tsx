import {
  RELATION_MEMBER_OF,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import { Text } from '@backstage/ui';
import { LoadingLines, ProblemNotice, Section } from '@waymark/ui';
import { useCallback } from 'react';
import { relationTargets } from '../entities/readEntity';
import { RowsByKind } from '../entities/RowsByKind';
import type { NeighboursApi } from '../neighbours/NeighboursApi';
import { useNeighbours } from '../neighbours/useNeighbours';

/** Those whose things count as the entity's: groups below it, or its groups. */
async function ownersOf(api: NeighboursApi, entity: Entity): Promise<string[]> {
  const self = stringifyEntityRef(entity);
  if (entity.kind.toLowerCase() === 'user') {
    return [self, ...relationTargets(entity, RELATION_MEMBER_OF)];
  }
  const below = await api.groupsBelow(entity);
  return [self, ...below.map(({ group }) => stringifyEntityRef(group))];
}

/** What the group and those below it own, or a person directly and with a group. */
export function OwnedCard() {
  const { entity } = useEntity();
  const { value, error, retry } = useNeighbours(
    useCallback(
      async (api: NeighboursApi) => {
        const owners = await ownersOf(api, entity);
        return { owners, ...(await api.ownedBy(owners)) };
      },
      [entity],
    ),
  );
  const isUser = entity.kind.toLowerCase() === 'user';

  let content;
  if (error) {
    content = (
      <ProblemNotice
        title="What is owned could not be read"
        error={error}
        onRetry={retry}
      />
    );
  } else if (!value) {
    content = <LoadingLines label="Loading what is owned" lines={5} />;
  } else if (value.total === 0) {
    content = (
      <Text color="secondary">
        Nothing in the catalog. What names{' '}
        <code>{stringifyEntityRef(entity)}</code> as its <code>spec.owner</code>{' '}
        appears here.
      </Text>
    );
  } else {
    content = (
      <RowsByKind
        entities={value.entities}
        total={value.total}
        hideOwner={value.owners.length === 1}
      />
    );
  }
  return (
    <Section
      title={isUser ? 'Owns, directly and with a group' : 'Owns'}
      action={
        value && value.owners.length > 1 && !isUser ? (
          <Text variant="body-small" color="secondary">
            with the groups below it
          </Text>
        ) : undefined
      }
    >
      {content}
    </Section>
  );
}
