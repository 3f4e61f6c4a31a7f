import type { Entity } from '@backstage/catalog-model';
import { filterPredicateToFilterFunction } from '@backstage/filter-predicates';
import { coreExtensionData } from '@backstage/frontend-plugin-api';
import scaffolderPlugin from '@backstage/plugin-scaffolder/alpha';
import type { FieldExtensionOptions } from '@backstage/plugin-scaffolder-react';
import { formFieldsApiRef } from '@backstage/plugin-scaffolder-react/alpha';
import { LoadingLines } from '@waymark/ui';
import { lazy, Suspense } from 'react';

const TemplatesPage = lazy(() =>
  import('./TemplatesPage').then(module => ({
    default: module.TemplatesPage,
  })),
);

/**
 * Our page for choosing in place of the scaffolder's list of templates, and its form
 * with what is ours around it, at the same addresses.
 *
 * @internal
 */
export const templatesSubPage = scaffolderPlugin
  .getExtension('sub-page:scaffolder/templates')
  .override({
    *factory(originalFactory, { apis, config }) {
      const original = originalFactory({
        config: { ...config, title: config.title ?? 'Choose' },
      });
      yield* original;

      const isShown: ((template: Entity) => boolean) | undefined =
        config.templateFilter === undefined
          ? undefined
          : filterPredicateToFilterFunction(config.templateFilter);
      const fieldsApi = apis.get(formFieldsApiRef);
      const loadFields = async () =>
        // What the scaffolder takes them for as well; the type hides it
        ((await fieldsApi?.loadFormFields()) ??
          []) as unknown as FieldExtensionOptions[];
      // In place of the one before
      yield coreExtensionData.reactElement(
        <Suspense fallback={<LoadingLines label="Loading the paths" />}>
          <TemplatesPage
            isShown={isShown}
            loadFields={loadFields}
            theme={config.enableBackstageUi ? 'bui' : 'mui'}
            stock={original.get(coreExtensionData.reactElement)}
          />
        </Suspense>,
      );
    },
  });
