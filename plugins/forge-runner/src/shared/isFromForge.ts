import {
  ANNOTATION_ORIGIN_LOCATION,
  type Entity,
} from '@backstage/catalog-model';

/** Where the embedded forge is, whatever the address of the portal. */
const FORGE = '/api/forge/';

/** Whether an entity is a component that comes from the embedded forge. */
export const isFromForge = ({ kind, metadata }: Entity): boolean =>
  kind.toLocaleLowerCase('en-US') === 'component' &&
  (metadata.annotations?.[ANNOTATION_ORIGIN_LOCATION] ?? '').includes(FORGE);
