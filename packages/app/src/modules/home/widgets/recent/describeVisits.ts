import {
  parseEntityRef,
  stringifyEntityRef,
  type CompoundEntityRef,
} from '@backstage/catalog-model';
import type { Visit } from '@backstage/plugin-home';
import { toEntityPath } from '../shared/entityAddress';

/** Something that the reader has looked at. */
export interface Place {
  entityRef: string;
  /** Whether it was the thing itself, its documentation or its form. */
  what: 'page' | 'docs' | 'form';
  href: string;
  /** When it was last looked at, in milliseconds since 1970. */
  at: number;
}

function decode(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}

/**
 * What stands at an address; nothing for lists, settings and whatever else the
 * sidebar leads to anyway.
 */
function readPlace(visit: {
  pathname: string;
  timestamp: number;
}): Place | undefined {
  const parts = visit.pathname.split('/').slice(1).map(decode);
  const [page, first, second, third, tab] = parts;
  const toPlace = (ref: CompoundEntityRef, what: Place['what']): Place => {
    const entityRef = stringifyEntityRef(ref);
    const { namespace, kind, name } = parseEntityRef(entityRef);
    const href = {
      page: toEntityPath(ref),
      docs: `/docs/${[namespace, kind, name]
        .map(encodeURIComponent)
        .join('/')}`,
      form: `/create/templates/${[namespace, name]
        .map(encodeURIComponent)
        .join('/')}`,
    }[what];
    return { entityRef, what, href, at: visit.timestamp };
  };

  if (page === 'create' && first === 'templates' && second && third) {
    return toPlace(
      { kind: 'template', namespace: second, name: third },
      'form',
    );
  }
  if ((page === 'catalog' || page === 'docs') && first && second && third) {
    const isDocs = page === 'docs' || tab === 'docs';
    return toPlace(
      { kind: second, namespace: first, name: third },
      isDocs ? 'docs' : 'page',
    );
  }
  return undefined;
}

/** The places among visits, the latest first, each once. */
export function readPlaces(visits: Visit[]): Place[] {
  const latest = new Map<string, Place>();
  for (const visit of visits) {
    const place = readPlace(visit);
    if (place) {
      const key = `${place.what} ${place.entityRef}`;
      const known = latest.get(key);
      if (!known || known.at < place.at) {
        latest.set(key, place);
      }
    }
  }
  return [...latest.values()].sort((a, b) => b.at - a.at);
}
