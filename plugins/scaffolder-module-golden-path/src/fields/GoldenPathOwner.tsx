import { parseEntityRef, RELATION_MEMBER_OF } from '@backstage/catalog-model';
import {
  identityApiRef,
  useApi,
  type IdentityApi,
} from '@backstage/frontend-plugin-api';
import {
  catalogApiRef,
  type CatalogApi,
} from '@backstage/plugin-catalog-react';
import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';
import { useLoaded } from '@waymark/ui';
import { useCallback, useEffect, useRef } from 'react';
import { loadChoices } from './catalogChoices';
import { EntityCombobox } from './EntityCombobox';

/** @internal */
export const goldenPathOwnerSchema = makeFieldSchema({
  output: z => z.string(),
});

/**
 * The reader's groups: those of the sign-in, then those the catalog knows of. A
 * guest's sign-in names none.
 */
async function loadOwnGroupRefs(options: {
  catalogApi: CatalogApi;
  identityApi: IdentityApi;
}): Promise<string[]> {
  const { catalogApi, identityApi } = options;
  const { ownershipEntityRefs, userEntityRef } =
    await identityApi.getBackstageIdentity();
  const user = await catalogApi.getEntityByRef(userEntityRef);
  const memberships = (user?.relations ?? [])
    .filter(({ type }) => type === RELATION_MEMBER_OF)
    .map(({ targetRef }) => targetRef);
  const refs = [...ownershipEntityRefs, ...memberships].filter(
    ref => parseEntityRef(ref).kind === 'group',
  );
  return [...new Set(refs)];
}

/**
 * The group that will own the service: one of the catalog's groups, the
 * reader's own to begin with.
 *
 * @internal
 */
export function GoldenPathOwner(props: typeof goldenPathOwnerSchema.TProps) {
  const { formData, idSchema, onChange, schema, uiSchema } = props;
  const id = idSchema.$id;
  const catalogApi = useApi(catalogApiRef);
  const identityApi = useApi(identityApiRef);

  const { value: loaded, error } = useLoaded(
    useCallback(async () => {
      const [groups, ownRefs] = await Promise.all([
        loadChoices({ catalogApi, kind: 'Group' }),
        loadOwnGroupRefs({ catalogApi, identityApi }),
      ]);
      const known = ownRefs.flatMap(own =>
        groups.filter(({ ref }) => ref === own),
      );
      return {
        own: groups.filter(({ ref }) => ownRefs.includes(ref)),
        others: groups.filter(({ ref }) => !ownRefs.includes(ref)),
        // Rather the squad than, say, the list of all who lead one
        first: (known.find(({ isOwner }) => isOwner) ?? known[0])?.ref,
      };
    }, [catalogApi, identityApi]),
  );

  const isPrefillDue = useRef(formData === undefined);
  useEffect(() => {
    if (!loaded?.first || !isPrefillDue.current) {
      return;
    }
    if (formData === undefined) {
      // Typing in another field at this moment makes the form forget it: due
      // until it has arrived
      onChange(loaded.first);
    } else {
      isPrefillDue.current = false;
    }
  }, [loaded, formData, onChange]);

  return (
    <EntityCombobox
      id={id}
      label={schema.title ?? 'Owner'}
      description={
        uiSchema['ui:description'] ??
        schema.description ??
        'The group that looks after the service. Its repository is made in the organisation of that name.'
      }
      sections={[
        { title: 'Your groups', choices: loaded?.own ?? [] },
        { title: 'All groups', choices: loaded?.others ?? [] },
      ]}
      isLoading={!loaded && error === undefined}
      hasFailed={error !== undefined}
      value={formData}
      onChange={ref => {
        isPrefillDue.current = false;
        onChange(ref);
      }}
      onBlur={() => props.onBlur(id, formData)}
      isRequired={props.required}
      isDisabled={props.disabled || props.readonly}
      rawErrors={props.rawErrors}
    />
  );
}
