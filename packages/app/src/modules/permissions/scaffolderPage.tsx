import {
  coreExtensionData,
  PluginHeaderActionBlueprint,
} from '@backstage/frontend-plugin-api';
import scaffolderPlugin from '@backstage/plugin-scaffolder/alpha';
import { GatedPage } from './GatedPage';
import { SCAFFOLDER_GATES } from './gates';
import { PageForAuthors } from './PageForAuthors';

/** What only those need who write templates: a set of tabs of its own. */
const AUTHORS = ['editor', 'actions', 'templating-extensions'] as const;
const AUTHORS_PERMISSION = 'scaffolder.template.management';

/**
 * The scaffolder's page in two: with the tabs for choosing and for runs, and, below
 * the addresses of those who write templates, with theirs. Some parts of it are not
 * for everybody.
 */
export const scaffolderPage = scaffolderPlugin
  .getExtension('page:scaffolder')
  .override({
    *factory(originalFactory, { inputs }) {
      const isForAuthors = ({ node }: { node: { spec: { id: string } } }) =>
        AUTHORS.some(name => node.spec.id === `sub-page:scaffolder/${name}`);
      const page = (pages: typeof inputs.pages) =>
        originalFactory({ inputs: { ...inputs, pages } });
      const authors = inputs.pages.filter(isForAuthors);
      const original = page(inputs.pages.filter(input => !isForAuthors(input)));
      yield* original;
      // In place of the one before
      yield coreExtensionData.reactElement(
        <GatedPage gates={SCAFFOLDER_GATES}>
          <PageForAuthors
            paths={authors.map(input => input.get(coreExtensionData.routePath))}
            page={page(authors).get(coreExtensionData.reactElement)}
          >
            {original.get(coreExtensionData.reactElement)}
          </PageForAuthors>
        </GatedPage>,
      );
    },
  });

/** No tabs for whom the gate is closed. */
export const scaffolderSubPages = AUTHORS.map(name =>
  scaffolderPlugin.getExtension(`sub-page:scaffolder/${name}`).override({
    if: { permissions: { $contains: AUTHORS_PERMISSION } },
  }),
);

/** The way to them. */
export const authorsLink = PluginHeaderActionBlueprint.make({
  name: 'authors',
  if: { permissions: { $contains: AUTHORS_PERMISSION } },
  params: {
    loader: () => import('./AuthorsLink').then(m => <m.AuthorsLink />),
  },
});
