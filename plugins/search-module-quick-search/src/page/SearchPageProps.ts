import type {
  SearchFilterExtensionComponent,
  SearchFilterResultTypeBlueprintParams,
  SearchResultItemExtensionComponent,
  SearchResultItemExtensionPredicate,
} from '@backstage/plugin-search-react/alpha';

/** What other plugins attach to the page. @internal */
export interface SearchPageProps {
  noTrack: boolean;
  items: Array<{
    predicate?: SearchResultItemExtensionPredicate;
    component: SearchResultItemExtensionComponent;
  }>;
  resultTypes: Array<
    Pick<SearchFilterResultTypeBlueprintParams, 'name' | 'value'>
  >;
  filters: SearchFilterExtensionComponent[];
}
