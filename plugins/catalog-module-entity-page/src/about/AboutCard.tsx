import {
  ANNOTATION_LOCATION,
  RELATION_PART_OF,
  type Entity,
} from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import { Link, Text } from '@backstage/ui';
import { readSpec, safeUrl, Section } from '@waymark/ui';
import type { ReactNode } from 'react';
import { isLong } from '../entities/description';
import { EntityLink } from '../entities/EntityLink';
import { typeLabel } from '../entities/kinds';
import { relationTargets, toRef } from '../entities/readEntity';
import { useRelated } from '../neighbours/useNeighbours';
import { editUrl } from '../source/editUrl';
import styles from './AboutCard.module.css';
import { RefreshButton } from './RefreshButton';

function Field(props: { name: string; children: ReactNode }) {
  return (
    <div className={styles.field}>
      <dt>{props.name}</dt>
      <dd>{props.children}</dd>
    </div>
  );
}

function targetsOf(entity: Entity): string[] {
  const { target, targets } = entity.spec ?? {};
  return [target, ...(Array.isArray(targets) ? targets : [])].filter(
    (text): text is string => typeof text === 'string',
  );
}

/** The rest of what the entity of the page says of itself. */
export function AboutCard() {
  const { entity } = useEntity();
  const { value: related } = useRelated();
  const annotations = entity.metadata.annotations ?? {};
  const kind = entity.kind.toLowerCase();
  const type = readSpec(entity, 'type');
  const lifecycle = readSpec(entity, 'lifecycle');
  const tags = entity.metadata.tags ?? [];
  const wholes = relationTargets(entity, RELATION_PART_OF).filter(
    ref => !related || related.has(ref),
  );
  const templateRef = toRef(annotations['backstage.io/source-template'] ?? '', {
    defaultKind: 'Template',
  });
  const version = annotations['waymark.dev/golden-path-version'];
  const edit = editUrl(entity);
  const { description } = entity.metadata;

  const isReadAgain = /^(?:url|file):/.test(
    annotations[ANNOTATION_LOCATION] ?? '',
  );

  return (
    <Section
      title="About"
      action={isReadAgain ? <RefreshButton entity={entity} /> : undefined}
    >
      <dl className={styles.fields}>
        <Field name="Kind">
          {entity.kind}
          {type && `, ${typeLabel(type)}`}
        </Field>
        {isLong(description) && <Field name="Description">{description}</Field>}
        {lifecycle && <Field name="Lifecycle">{lifecycle}</Field>}
        {wholes.length > 0 && (
          <Field name="Part of">
            {wholes.map(ref => (
              <div key={ref}>
                <EntityLink entityRef={ref} entity={related?.get(ref)} />
              </div>
            ))}
          </Field>
        )}
        {tags.length > 0 && (
          <Field name="Tags">
            <ul className={styles.tags}>
              {tags.map(tag => (
                <li key={tag}>{tag}</li>
              ))}
            </ul>
          </Field>
        )}
        {templateRef && (
          <Field name="Made with">
            <EntityLink entityRef={templateRef} />
            {version && (
              <Text as="div" variant="body-small" color="secondary">
                version <code title={version}>{version.slice(0, 12)}</code>
              </Text>
            )}
          </Field>
        )}
        {kind === 'location' && targetsOf(entity).length > 0 && (
          <Field name="Reads">
            {targetsOf(entity).map(target => {
              const url = /^https?:/.test(target) ? safeUrl(target) : undefined;
              return (
                <div key={target}>
                  {url ? (
                    <Link href={url} target="_blank" rel="noopener noreferrer">
                      {target}
                    </Link>
                  ) : (
                    <code>{target}</code>
                  )}
                </div>
              );
            })}
          </Field>
        )}
        <Field name="Known as">
          <code>{entity.metadata.name}</code>
          {(entity.metadata.namespace ?? 'default') !== 'default' && (
            <>
              {' '}
              in <code>{entity.metadata.namespace}</code>
            </>
          )}
        </Field>
        {edit && (
          <Field name="Described in">
            <Link
              href={edit}
              target="_blank"
              rel="noopener noreferrer"
              standalone
            >
              {new URL(edit).pathname.split('/').pop() || 'its file'}
            </Link>
          </Field>
        )}
      </dl>
    </Section>
  );
}
