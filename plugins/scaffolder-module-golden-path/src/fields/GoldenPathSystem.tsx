import { useApi } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';
import { useLoaded } from '@waymark/ui';
import { useCallback, useEffect, useRef } from 'react';
import { loadChoices, type EntityChoice } from './catalogChoices';
import { EntityCombobox } from './EntityCombobox';
import { readAnswer } from './formAnswers';

/** @internal */
export const goldenPathSystemSchema = makeFieldSchema({
  output: z => z.string(),
  uiOptions: z =>
    z.object({
      ownerField: z
        .string()
        .optional()
        .describe('Field that holds the owner; "owner" unless told otherwise'),
    }),
});

const NO_SYSTEMS: EntityChoice[] = [];

/**
 * The system that the service belongs to: those of the chosen owner first, and
 * filled in when the owner has exactly one.
 *
 * @internal
 */
export function GoldenPathSystem(props: typeof goldenPathSystemSchema.TProps) {
  const { formData, idSchema, onChange, schema, uiSchema } = props;
  const id = idSchema.$id;
  const catalogApi = useApi(catalogApiRef);
  const owner = readAnswer(
    props.formContext,
    uiSchema['ui:options']?.ownerField ?? 'owner',
  );

  const { value: systems, error } = useLoaded(
    useCallback(
      () => loadChoices({ catalogApi, kind: 'System' }),
      [catalogApi],
    ),
  );
  const isOwned = ({ owners }: EntityChoice) =>
    owner !== undefined && owners.includes(owner);
  const owned = (systems ?? NO_SYSTEMS).filter(isOwned);
  const others = (systems ?? NO_SYSTEMS).filter(system => !isOwned(system));

  // The field follows the owner until the reader has chosen for themselves
  const isFollowing = useRef(formData === undefined);
  const isLoaded = systems !== undefined;
  const onlyFit = owned.length === 1 ? owned[0].ref : undefined;
  useEffect(() => {
    if (isFollowing.current && isLoaded && owner && formData !== onlyFit) {
      onChange(onlyFit);
    }
    // Runs when the owner changes, not when the answer does
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [isLoaded, owner, onlyFit]);

  return (
    <EntityCombobox
      id={id}
      label={schema.title ?? 'System'}
      description={
        uiSchema['ui:description'] ??
        schema.description ??
        'The system that the service is part of, if there is one.'
      }
      sections={[
        { title: 'Systems of the owner', choices: owned },
        { title: 'Other systems', choices: others },
      ]}
      isLoading={!isLoaded && error === undefined}
      hasFailed={error !== undefined}
      value={formData === '' ? undefined : formData}
      onChange={ref => {
        isFollowing.current = false;
        onChange(ref);
      }}
      onBlur={() => props.onBlur(id, formData)}
      isRequired={props.required}
      isDisabled={props.disabled || props.readonly}
      rawErrors={props.rawErrors}
    />
  );
}
