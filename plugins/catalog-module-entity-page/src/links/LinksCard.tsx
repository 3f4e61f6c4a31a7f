import {
  parseEntityRef,
  RELATION_PROVIDES_API,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import { useEntity, useEntityRefLink } from '@backstage/plugin-catalog-react';
import { nameOf, Section } from '@waymark/ui';
import { readOwner, relationTargets } from '../entities/readEntity';
import { FoldButton } from '../entities/FoldButton';
import { useFold } from '../entities/useFold';
import { useRelated } from '../neighbours/useNeighbours';
import { collectLinks, type Place } from './collectLinks';
import { LINK_TYPES, linkTypeOf, REACHING_TYPES } from './linkTypes';
import { PlaceLink } from './PlaceLink';
import styles from './LinksCard.module.css';

/** Where the code, the docs, the API, the runbook and the rest are. */
export function LinksCard() {
  const { entity } = useEntity();
  const entityLink = useEntityRefLink();
  const toDocs = useRouteRef(catalogPlugin.externalRoutes.viewTechDoc);
  const { value: related } = useRelated();

  const isApi = entity.kind.toLowerCase() === 'api';
  const apiRefs = isApi
    ? [stringifyEntityRef(entity)]
    : relationTargets(entity, RELATION_PROVIDES_API);
  const apis = apiRefs.map((apiRef): Place => {
    const ref = parseEntityRef(apiRef);
    const api = isApi ? entity : related?.get(apiRef);
    return {
      type: linkTypeOf('api'),
      title: `API ${api ? nameOf(api) : ref.name}`,
      detail: 'its definition',
      url: `${entityLink(ref)}/definition`,
    };
  });
  const owner = readOwner(entity);
  const isWithOwner = owner !== undefined && (!related || related.has(owner));
  const places = [...collectLinks(entity, toDocs), ...apis]
    .filter(({ type }) => !isWithOwner || !REACHING_TYPES.includes(type.type))
    .sort((a, b) => LINK_TYPES.indexOf(a.type) - LINK_TYPES.indexOf(b.type));
  const { shown, isFoldable, isOpen, toggle } = useFold(places);

  return places.length > 0 ? (
    <Section title="Where things are">
      <ul className={styles.places}>
        {shown.map((place, index) => (
          <PlaceLink key={index} place={place} />
        ))}
      </ul>
      {isFoldable && (
        <FoldButton isOpen={isOpen} total={places.length} onPress={toggle} />
      )}
    </Section>
  ) : null;
}
