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

/** No tabs for whom the gate is closed: they are for those who write templates. */
const TABS = ['editor', 'actions', 'templating-extensions'] as const;

export const scaffolderSubPages = TABS.map(name =>
  scaffolderPlugin.getExtension(`sub-page:scaffolder/${name}`).override({
    if: { permissions: { $contains: 'scaffolder.template.management' } },
  }),
);
