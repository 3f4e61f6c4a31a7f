import type { FormProps } from '@backstage/plugin-scaffolder-react';
import { Box } from '@backstage/ui';
import { useEffect, useRef, type ComponentProps } from 'react';
import { catchFocus, firstControl } from './catchFocus';

type UiSchema = NonNullable<FormProps['uiSchema']>;

/** What the form hands to the template of an object of fields. */
type ObjectTemplateProps = ComponentProps<
  NonNullable<UiSchema['ui:ObjectFieldTemplate']>
>;

/**
 * Has the form tell every answer as it is given, and say above the fields of a page
 * what the template says of it. The form keeps the answers to itself, but shows them
 * through a template for its outermost object, which may be replaced; the one of
 * Backstage UI leaves the description of that object out.
 *
 * @internal
 */
export function pageTemplate(options: {
  record: (answers: Record<string, unknown>) => void;
  /** The form says itself what the template says of a page. */
  isDescribed: boolean;
}): UiSchema {
  const { record, isDescribed } = options;
  let isFirst = true;
  function PageTemplate(props: ObjectTemplateProps) {
    const { description, formData, idSchema, registry, schema } = props;
    useEffect(() => {
      if (formData) {
        record(formData);
      }
    }, [formData]);
    const page = useRef<HTMLDivElement>(null);
    useEffect(() => {
      // Nobody has been anywhere else before the first page
      if (!isFirst && page.current) {
        catchFocus(firstControl(page.current));
      }
      isFirst = false;
    }, []);
    const { DescriptionFieldTemplate, ObjectFieldTemplate } =
      registry.templates;
    return (
      <div ref={page}>
        {!isDescribed && description && (
          <Box mb="4">
            <DescriptionFieldTemplate
              id={`${idSchema.$id}__description`}
              description={description}
              schema={schema}
              registry={registry}
            />
          </Box>
        )}
        <ObjectFieldTemplate {...props} />
      </div>
    );
  }
  return { 'ui:ObjectFieldTemplate': PageTemplate };
}
