import type { FormProps } from '@backstage/plugin-scaffolder-react';
import { useEffect, type ComponentProps } from 'react';

type UiSchema = NonNullable<FormProps['uiSchema']>;

/** What the form hands to the template of an object of fields. */
type ObjectTemplateProps = ComponentProps<
  NonNullable<UiSchema['ui:ObjectFieldTemplate']>
>;

/**
 * Has the form tell every answer as it is given. The form keeps them to itself, but
 * shows them through a template for its outermost object, which may be replaced.
 *
 * @internal
 */
export function recordAnswers(
  record: (answers: Record<string, unknown>) => void,
): UiSchema {
  function RecordingTemplate(props: ObjectTemplateProps) {
    const { formData } = props;
    useEffect(() => {
      if (formData) {
        record(formData);
      }
    }, [formData]);
    const { ObjectFieldTemplate } = props.registry.templates;
    return <ObjectFieldTemplate {...props} />;
  }
  return { 'ui:ObjectFieldTemplate': RecordingTemplate };
}
