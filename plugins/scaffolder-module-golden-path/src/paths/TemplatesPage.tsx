import type { Entity } from '@backstage/catalog-model';
import type { FieldExtensionOptions } from '@backstage/plugin-scaffolder-react';
import { Container } from '@backstage/ui';
import { LoadingLines, ProblemNotice, useLoaded } from '@waymark/ui';
import { useState, type ReactNode } from 'react';
import { Route, Routes } from 'react-router-dom';
import { FormPage } from '../form/FormPage';
import { ChoicePage } from './ChoicePage';

function FormWithFields(props: {
  loadFields: () => Promise<FieldExtensionOptions[]>;
  theme: 'mui' | 'bui';
  stock: ReactNode;
}) {
  // A new function of the same name must not load them again
  const [load] = useState(() => props.loadFields);
  const { value: fields, error, retry } = useLoaded(load);
  if (fields) {
    return <FormPage fields={fields} theme={props.theme} stock={props.stock} />;
  }
  return (
    <Container py="6">
      {error === undefined ? (
        <LoadingLines label="Loading the form" lines={8} />
      ) : (
        <ProblemNotice
          title="The form could not be read"
          error={error}
          onRetry={retry}
        />
      )}
    </Container>
  );
}

/**
 * The choice, and the form of what was chosen.
 *
 * @internal
 */
export function TemplatesPage(props: {
  isShown?: (template: Entity) => boolean;
  loadFields: () => Promise<FieldExtensionOptions[]>;
  theme: 'mui' | 'bui';
  stock: ReactNode;
}) {
  const { isShown, ...form } = props;
  return (
    <Routes>
      <Route index element={<ChoicePage isShown={isShown} />} />
      <Route
        path=":namespace/:templateName"
        element={<FormWithFields {...form} />}
      />
    </Routes>
  );
}
