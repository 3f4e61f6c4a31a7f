import { coreExtensionData } from '@backstage/frontend-plugin-api';
import scaffolderPlugin from '@backstage/plugin-scaffolder/alpha';
import { GatedPage } from './GatedPage';

/** The scaffolder's page, of which some parts are not for everybody. */
export const scaffolderPage = scaffolderPlugin
  .getExtension('page:scaffolder')
  .override({
    *factory(originalFactory) {
      const original = originalFactory();
      yield* original;
      // In place of the one before
      yield coreExtensionData.reactElement(
        <GatedPage>{original.get(coreExtensionData.reactElement)}</GatedPage>,
      );
    },
  });

/** No tab for whom the gate is closed. */
export const scaffolderEditorSubPage = scaffolderPlugin
  .getExtension('sub-page:scaffolder/editor')
  .override({
    if: { permissions: { $contains: 'scaffolder.template.management' } },
  });
