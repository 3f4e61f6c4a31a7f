import { parseEntityRef } from '@backstage/catalog-model';
import { EntityDisplayName } from '@backstage/plugin-catalog-react';
import type {
  ParsedTemplateSchema,
  ReviewStateProps,
} from '@backstage/plugin-scaffolder-react/alpha';
import { Text } from '@backstage/ui';
import { useEffect, useRef, type ReactNode } from 'react';
import { LeftOutList } from '../parts/LeftOutList';
import { readLeftOut, readParts } from '../parts/Part';
import { catchFocus } from './catchFocus';
import styles from './Review.module.css';
import { isSecret } from './secretAnswers';

interface FieldSchema {
  title?: string;
  type?: string;
  enum?: unknown[];
  enumNames?: string[];
  oneOf?: Array<{ const?: unknown; title?: string }>;
  format?: string;
  writeOnly?: boolean;
  'ui:widget'?: string;
  'ui:field'?: string;
  'ui:order'?: string[];
  'ui:backstage'?: {
    review?: { show?: boolean; mask?: string; name?: string };
  };
}

/** `kind:namespace/name`, in the short form that forms write as well. */
const ENTITY_REF = /^[a-z]+:[a-z0-9-]+\/[A-Za-z0-9._-]+$/;

function isEntityRef(value: string): boolean {
  return ENTITY_REF.test(value) && Boolean(parseEntityRef(value).name);
}

function describeValue(value: unknown, schema: FieldSchema): ReactNode {
  const review = schema['ui:backstage']?.review;
  if (review?.mask) {
    return review.mask;
  }
  if (isSecret(schema)) {
    return '••••••';
  }
  if (value === undefined || value === '' || value === null) {
    return <Text color="secondary">nothing</Text>;
  }
  if (schema['ui:field'] === 'GoldenPathParts') {
    const leftOut = readLeftOut(value);
    return leftOut.length > 0 ? (
      <LeftOutList leftOut={leftOut} parts={readParts(schema)} />
    ) : (
      <Text color="secondary">nothing</Text>
    );
  }
  const oneOf = schema.oneOf?.find(choice => choice.const === value)?.title;
  if (oneOf !== undefined) {
    return oneOf;
  }
  const named = schema.enumNames?.[schema.enum?.indexOf(value) ?? -1];
  if (named !== undefined) {
    return named;
  }
  if (typeof value === 'boolean') {
    return value ? 'Yes' : 'No';
  }
  if (typeof value === 'number') {
    return String(value);
  }
  if (typeof value === 'string') {
    return isEntityRef(value) ? (
      <EntityDisplayName entityRef={value} hideIcon disableTooltip />
    ) : (
      value
    );
  }
  if (Array.isArray(value) && value.every(item => typeof item !== 'object')) {
    return value.map(String).join(', ');
  }
  return <pre className={styles.json}>{JSON.stringify(value, null, 2)}</pre>;
}

function fieldsOf({ mergedSchema }: ParsedTemplateSchema) {
  const { properties = {}, 'ui:order': order = [] } = mergedSchema as {
    properties?: Record<string, FieldSchema>;
    'ui:order'?: string[];
  };
  const place = (name: string) => {
    const index = order.indexOf(name);
    return index < 0 ? order.length : index;
  };
  return Object.entries(properties).sort(([a], [b]) => place(a) - place(b));
}

/**
 * All answers before they are sent, in the words of the form.
 *
 * @internal
 */
export function Review(props: ReviewStateProps) {
  const { schemas, formState } = props;
  const known = new Set<string>();
  const rows: Array<{ name: string; title: string; value: ReactNode }> = [];
  for (const schema of schemas) {
    for (const [name, field] of fieldsOf(schema)) {
      const review = field['ui:backstage']?.review;
      known.add(name);
      if (review?.show !== false && field['ui:widget'] !== 'hidden') {
        rows.push({
          name,
          title: review?.name ?? field.title ?? name,
          value: describeValue(formState[name], field),
        });
      }
    }
  }
  // Of fields that come with a choice, whose schema is elsewhere
  for (const [name, value] of Object.entries(formState)) {
    if (!known.has(name) && value !== undefined) {
      rows.push({ name, title: name, value: describeValue(value, {}) });
    }
  }

  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => catchFocus(heading.current), []);

  return (
    <div className={styles.review}>
      <h3 ref={heading} tabIndex={-1}>
        <Text variant="title-x-small" weight="bold">
          Is this right?
        </Text>
      </h3>
      <table className={styles.table}>
        <tbody>
          {rows.map(({ name, title, value }) => (
            <tr key={name}>
              <th scope="row">
                <Text color="secondary">{title}</Text>
              </th>
              <td>
                <Text as="div">{value}</Text>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
