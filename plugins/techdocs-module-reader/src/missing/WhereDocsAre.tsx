import type { Entity } from '@backstage/catalog-model';
import { useApi } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import {
  TECHDOCS_ANNOTATION,
  TECHDOCS_EXTERNAL_ANNOTATION,
} from '@backstage/plugin-techdocs-common';
import { useLoaded } from '@waymark/ui';
import { lazy, Suspense, useCallback, type ReactNode } from 'react';
import { useParams } from 'react-router-dom';

const NoDocs = lazy(() =>
  import('./NoDocs').then(({ NoDocs: component }) => ({ default: component })),
);

const hasDocs = ({ metadata: { annotations = {} } }: Entity) =>
  [TECHDOCS_ANNOTATION, TECHDOCS_EXTERNAL_ANNOTATION].some(
    annotation => annotations[annotation],
  );

/**
 * Shows the reader unless the catalog knows the entity to have no documentation.
 * The reader itself cannot tell that from a mistyped address.
 */
export function WhereDocsAre(props: { children: ReactNode }) {
  const { namespace = '', kind = '', name = '' } = useParams();
  const catalogApi = useApi(catalogApiRef);
  const { value: entity } = useLoaded(
    useCallback(
      () => catalogApi.getEntityByRef({ kind, namespace, name }),
      [catalogApi, kind, namespace, name],
    ),
  );
  return entity && !hasDocs(entity) ? (
    <Suspense>
      <NoDocs entity={entity} />
    </Suspense>
  ) : (
    <>{props.children}</>
  );
}
