import { parseEntityRef, type Entity } from '@backstage/catalog-model';
import { useApi } from '@backstage/frontend-plugin-api';
import {
  catalogApiRef,
  useStarredEntities,
} from '@backstage/plugin-catalog-react';
import { ButtonIcon, ButtonLink } from '@backstage/ui';
import { RiStarFill } from '@remixicon/react';
import {
  EmptyState,
  LoadingLines,
  nameOf,
  ProblemNotice,
  readSpec,
  useLoaded,
} from '@waymark/ui';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { NAME_FIELDS, toPath } from '../shared/entityAddress';
import { Thing, ThingList } from '../shared/ThingList';

/** `Component · service`, or where it has gone. */
function describe(ref: string, entity: Entity | undefined): string {
  if (!entity) {
    return `${parseEntityRef(ref).kind}, no longer in the catalog`;
  }
  const type = readSpec(entity, 'type');
  return type ? `${entity.kind}, ${type}` : entity.kind;
}

const loading = (
  <LoadingLines label="Loading what you have starred" lines={4} />
);

/**
 * Stars that are still on their way look like none at all: how long to wait, in
 * milliseconds, before saying that there are none.
 */
const GRACE = 400;

/** What the reader has starred in the catalog. */
export function Starred() {
  const catalogApi = useApi(catalogApiRef);
  const { starredEntities, toggleStarredEntity } = useStarredEntities();
  const refs = useMemo(() => [...starredEntities].sort(), [starredEntities]);
  // Taking a star away asks nobody for what is known already
  const known = useRef(new Map<string, Entity | undefined>());
  const load = useCallback(async () => {
    const unknown = refs.filter(ref => !known.current.has(ref));
    if (unknown.length > 0) {
      const { items } = await catalogApi.getEntitiesByRefs({
        entityRefs: unknown,
        fields: [...NAME_FIELDS, 'spec.type'],
      });
      unknown.forEach((ref, index) => known.current.set(ref, items[index]));
    }
    return refs.map(ref => ({ ref, entity: known.current.get(ref) }));
  }, [catalogApi, refs]);
  const { value, error, retry } = useLoaded(load);

  const [hasWaited, setHasWaited] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setHasWaited(true), GRACE);
    return () => clearTimeout(timer);
  }, []);

  if (error) {
    return (
      <ProblemNotice
        title="What you have starred could not be read"
        error={error}
        onRetry={retry}
      />
    );
  }
  if (refs.length === 0 && !hasWaited) {
    return loading;
  }
  if (refs.length === 0) {
    return (
      <EmptyState
        isPlain
        title="No stars yet"
        action={
          <ButtonLink href="/catalog" variant="secondary">
            Find something to star
          </ButtonLink>
        }
      >
        Star what you work with, in the catalog or on its page, and find it
        here.
      </EmptyState>
    );
  }
  if (!value || value.length !== refs.length) {
    return loading;
  }
  const rows = value
    .map(({ ref, entity }) => ({
      ref,
      entity,
      title: entity ? nameOf(entity) : parseEntityRef(ref).name,
    }))
    .sort((a, b) => a.title.localeCompare(b.title));
  return (
    <ThingList label="Starred">
      {rows.map(({ ref, entity, title }) => (
        <Thing
          key={ref}
          href={entity && toPath(entity)}
          title={title}
          detail={describe(ref, entity)}
          action={
            <ButtonIcon
              size="small"
              variant="tertiary"
              aria-label={`Remove the star of ${title}`}
              icon={<RiStarFill aria-hidden="true" />}
              onPress={() => toggleStarredEntity(ref)}
            />
          }
        />
      ))}
    </ThingList>
  );
}
