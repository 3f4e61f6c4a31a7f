import { useApi } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { visitsApiRef } from '@backstage/plugin-home';
import { ButtonLink } from '@backstage/ui';
import {
  EmptyState,
  LoadingLines,
  Moment,
  nameOf,
  ProblemNotice,
  useLoaded,
} from '@waymark/ui';
import { useCallback } from 'react';
import { NAME_FIELDS } from '../shared/entityAddress';
import { Thing, ThingList } from '../shared/ThingList';
import { readPlaces, type Place } from './describeVisits';

/** All that is kept of the reader's way through the portal. */
const ALL_VISITS = 100;
const SHOWN = 6;

const DETAILS: Record<Place['what'], (kind: string) => string> = {
  page: kind => kind,
  docs: () => 'Documentation',
  form: () => 'Form',
};

/** What the reader looked at last. */
export function RecentlyVisited() {
  const visitsApi = useApi(visitsApiRef);
  const catalogApi = useApi(catalogApiRef);
  const load = useCallback(async () => {
    const places = readPlaces(await visitsApi.list({ limit: ALL_VISITS }));
    // A few more than are shown: some may be gone from the catalog
    const asked = places.slice(0, 3 * SHOWN);
    if (asked.length === 0) {
      return [];
    }
    const { items } = await catalogApi.getEntitiesByRefs({
      entityRefs: asked.map(({ entityRef }) => entityRef),
      fields: NAME_FIELDS,
    });
    return asked
      .flatMap((place, index) => {
        const entity = items[index];
        return entity ? [{ place, entity }] : [];
      })
      .slice(0, SHOWN);
  }, [visitsApi, catalogApi]);
  const { value, error, retry } = useLoaded(load);

  if (error) {
    return (
      <ProblemNotice
        title="Your visits could not be read"
        error={error}
        onRetry={retry}
      />
    );
  }
  if (!value) {
    return <LoadingLines label="Loading your visits" lines={SHOWN} />;
  }
  if (value.length === 0) {
    return (
      <EmptyState
        isPlain
        title="Nothing yet"
        action={
          <ButtonLink href="/catalog" variant="secondary">
            Browse the catalog
          </ButtonLink>
        }
      >
        The services, docs and forms that you open are listed here, so that you
        find back to them.
      </EmptyState>
    );
  }
  return (
    <ThingList label="Recently visited">
      {value.map(({ place, entity }) => (
        <Thing
          key={`${place.what} ${place.entityRef}`}
          href={place.href}
          title={nameOf(entity)}
          detail={
            <>
              {DETAILS[place.what](entity.kind)},{' '}
              <Moment at={new Date(place.at).toISOString()} inline />
            </>
          }
        />
      ))}
    </ThingList>
  );
}
