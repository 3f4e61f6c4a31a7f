import {
  ApiBlueprint,
  AppRootElementBlueprint,
  createExtensionInput,
  createFrontendModule,
  discoveryApiRef,
  fetchApiRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import searchPlugin from '@backstage/plugin-search/alpha';
import {
  SearchFilterBlueprint,
  SearchFilterResultTypeBlueprint,
  SearchResultListItemBlueprint,
} from '@backstage/plugin-search-react/alpha';
import { RiSearchLine } from '@remixicon/react';
import { z } from 'zod';
import { DefaultQuickSearch } from './api/DefaultQuickSearch';
import { quickSearchApiRef } from './api/QuickSearchApi';
import { QuickSearch } from './palette/QuickSearch';

const quickSearchApi = ApiBlueprint.make({
  name: 'quick-search',
  params: defineParams =>
    defineParams({
      api: quickSearchApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => new DefaultQuickSearch(deps),
    }),
});

const quickSearch = AppRootElementBlueprint.make({
  name: 'quick-search',
  params: { element: <QuickSearch /> },
});

/** In place of the stock one, with what other plugins attach to that. */
const searchPage = PageBlueprint.makeWithOverrides({
  configSchema: {
    noTrack: z.boolean().default(false),
  },
  inputs: {
    items: createExtensionInput([SearchResultListItemBlueprint.dataRefs.item]),
    resultTypes: createExtensionInput([
      SearchFilterResultTypeBlueprint.dataRefs.resultType,
    ]),
    searchFilters: createExtensionInput([
      SearchFilterBlueprint.dataRefs.searchFilters,
    ]),
  },
  factory(originalFactory, { config, inputs }) {
    return originalFactory({
      path: '/search',
      routeRef: searchPlugin.routes.root,
      title: 'Search',
      icon: <RiSearchLine />,
      loader: async () => {
        const { SearchPage } = await import('./page/SearchPage');
        return (
          <SearchPage
            noTrack={config.noTrack}
            items={inputs.items.map(input =>
              input.get(SearchResultListItemBlueprint.dataRefs.item),
            )}
            resultTypes={inputs.resultTypes.map(input =>
              input.get(SearchFilterResultTypeBlueprint.dataRefs.resultType),
            )}
            filters={inputs.searchFilters.map(
              input =>
                input.get(SearchFilterBlueprint.dataRefs.searchFilters)
                  .component,
            )}
          />
        );
      },
    });
  },
});

/**
 * Search by a shortcut on every page, and a search page with previews.
 *
 * @public
 */
export const searchModuleQuickSearch = createFrontendModule({
  pluginId: 'search',
  extensions: [quickSearchApi, quickSearch, searchPage],
});
