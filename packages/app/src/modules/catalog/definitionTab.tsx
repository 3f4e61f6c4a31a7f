import apiDocsPlugin from '@backstage/plugin-api-docs/alpha';

/** The tab with the definition of an API, and the styles that it lacks. */
export const definitionTab = apiDocsPlugin
  .getExtension('entity-content:api-docs/definition')
  .override({
    factory: originalFactory =>
      originalFactory({
        params: {
          loader: async () => {
            const { ApiDefinition } = await import('./ApiDefinition');
            return <ApiDefinition />;
          },
        },
      }),
  });
