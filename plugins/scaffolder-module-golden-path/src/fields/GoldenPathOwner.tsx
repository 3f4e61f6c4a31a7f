import { parseEntityRef } from '@backstage/catalog-model';
import { identityApiRef, useApi } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';
import { useCallback, useEffect, useRef } from 'react';
import { loadChoices } from './catalogChoices';
import { EntityCombobox } from './EntityCombobox';
import { useLoaded } from './useLoaded';

/** @internal */
export const goldenPathOwnerSchema = makeFieldSchema({
  output: z => z.string(),
});

function isGroupRef(ref: string): boolean {
  return parseEntityRef(ref, { defaultKind: 'unknown' }).kind === 'group';
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

  const { value: loaded, failed } = useLoaded(
    useCallback(async () => {
      const [groups, identity] = await Promise.all([
        loadChoices({ catalogApi, kind: 'Group' }),
        identityApi.getBackstageIdentity(),
      ]);
      const ownRefs = identity.ownershipEntityRefs.filter(isGroupRef);
      return {
        own: groups.filter(({ ref }) => ownRefs.includes(ref)),
        others: groups.filter(({ ref }) => !ownRefs.includes(ref)),
        // Identity lists the reader's closest groups first
        first: ownRefs.find(own => groups.some(({ ref }) => ref === own)),
      };
    }, [catalogApi, identityApi]),
  );

  const isPrefillDue = useRef(formData === undefined);
  useEffect(() => {
    if (loaded && isPrefillDue.current) {
      isPrefillDue.current = false;
      if (loaded.first) {
        onChange(loaded.first);
      }
    }
  }, [loaded, onChange]);

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
      isLoading={!loaded && !failed}
      hasFailed={failed}
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
