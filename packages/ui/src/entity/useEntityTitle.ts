import { useApiHolder } from '@backstage/frontend-plugin-api';
import {
  defaultEntityPresentation,
  entityPresentationApiRef,
} from '@backstage/plugin-catalog-react';
import { useCallback } from 'react';
import { useLoaded } from '../state/useLoaded';

/**
 * How an entity is called whose ref stands in the address; its name at first.
 *
 * @returns undefined for what is no ref: addresses are typed by hand, too
 * @public
 */
export function useEntityTitle(ref: string | undefined): string | undefined {
  const presentationApi = useApiHolder().get(entityPresentationApiRef);
  const isRef = ref !== undefined && ref.includes('/');
  const { value } = useLoaded(
    useCallback(
      async () =>
        isRef ? await presentationApi?.forEntity(ref).promise : undefined,
      [presentationApi, isRef, ref],
    ),
  );
  return isRef
    ? (value ?? defaultEntityPresentation(ref)).primaryTitle
    : undefined;
}
