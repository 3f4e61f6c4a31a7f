/**
 * Search from anywhere, and the search page.
 *
 * @packageDocumentation
 */
export { searchModuleQuickSearch as default } from './module';
export { quickSearchApiRef, type QuickSearchApi } from './api/QuickSearchApi';
export { SearchTrigger } from './trigger/SearchTrigger';
