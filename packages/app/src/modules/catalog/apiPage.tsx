import apiDocsPlugin from '@backstage/plugin-api-docs/alpha';

/** The page of APIs: the list of the catalog, with nothing else in it. */
export const apiPage = apiDocsPlugin.getExtension('page:api-docs').override({
  factory(originalFactory, { config }) {
    return originalFactory({
      params: {
        loader: async () => {
          const { ApiList } = await import('./ApiList');
          return <ApiList initialFilter={config.initiallySelectedFilter} />;
        },
      },
    });
  },
});
