import {
  parseEntityRef,
  stringifyEntityRef,
  type CompoundEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import { safeUrl } from '@waymark/ui';
import { toRef } from '../entities/readEntity';
import { readSource } from '../source/readSource';
import { linkTypeOf, OTHER_TYPE, type LinkType } from './linkTypes';

/** A place that belongs to an entity. */
export interface Place {
  type: LinkType;
  title: string;
  /** What tells it from others of its type, such as the name of the host. */
  detail?: string;
  /** Out of the portal with its scheme, or a path within it. */
  url: string;
}

const ANNOTATION_RUNBOOK = 'waymark.dev/runbook';
const ANNOTATION_DOCS = 'backstage.io/techdocs-ref';
const ANNOTATION_DOCS_ENTITY = 'backstage.io/techdocs-entity';

/** The entity whose docs this one's page leads to. */
function docsEntity(entity: Entity): CompoundEntityRef | undefined {
  const annotations = entity.metadata.annotations ?? {};
  const other =
    annotations[ANNOTATION_DOCS_ENTITY] &&
    toRef(annotations[ANNOTATION_DOCS_ENTITY], {
      defaultKind: entity.kind,
      defaultNamespace: entity.metadata.namespace,
    });
  const own = annotations[ANNOTATION_DOCS] && stringifyEntityRef(entity);
  const docs = other || own;
  return docs ? parseEntityRef(docs) : undefined;
}

/** A page of the docs; undefined for a path that leads out of them. */
function docsPage(root: string, page: string): string | undefined {
  try {
    const path = new URL(page.replace(/^[/\\]+/, ''), `http://docs${root}`);
    return path.host === 'docs' && path.pathname.startsWith(root)
      ? `${path.pathname}${path.hash}`
      : undefined;
  } catch {
    return undefined;
  }
}

/** The links of an entity or a group, without those that may not become one. */
export function readLinks(entity: Entity): Place[] {
  return (entity.metadata.links ?? []).flatMap(({ url, title, type }) => {
    const address = safeUrl(url);
    if (!address) {
      return [];
    }
    const linkType = linkTypeOf(type);
    const host = new URL(address).host;
    const words = linkType === OTHER_TYPE ? host || address : linkType.label;
    const shown = title?.trim() || words;
    return [
      {
        type: linkType,
        title: shown,
        detail: host && host !== shown ? host : undefined,
        url: address,
      },
    ];
  });
}

/** Where everything is that belongs to an entity. */
export function collectLinks(
  entity: Entity,
  /** Where the docs of an entity are read; undefined where they cannot be. */
  toDocs: ((entity: CompoundEntityRef) => string) | undefined,
): Place[] {
  const places: Place[] = [];
  const add = (type: string, place: Omit<Place, 'type'>) =>
    places.push({ ...place, type: linkTypeOf(type) });

  const source = readSource(entity);
  if (source) {
    const { clone, host, url } = source;
    const repository = clone && new URL(clone.repositoryUrl).pathname;
    add('code', {
      title: 'Code',
      // Its last two parts name it on every host
      detail: repository?.split('/').slice(-2).join('/') ?? host,
      url,
    });
  }
  const docs = docsEntity(entity);
  if (docs && toDocs) {
    const root = `${toDocs(docs)}/`;
    add('docs', { title: 'Docs', detail: 'in this portal', url: root });
    const runbook = entity.metadata.annotations?.[ANNOTATION_RUNBOOK];
    const url = runbook && docsPage(root, runbook);
    if (url) {
      add('runbook', { title: 'Runbook', detail: 'in the docs', url });
    }
  }

  // The repository is known by its own annotation; the same address twice is one
  const repositories = [source?.url, source?.clone?.repositoryUrl].map(plain);
  places.push(
    ...readLinks(entity).filter(
      ({ url }) => !repositories.includes(plain(url)),
    ),
  );
  return places;
}

function plain(url: string | undefined): string | undefined {
  return url?.replace(/\/+$/, '').replace(/\.git$/, '');
}
