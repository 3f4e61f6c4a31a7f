/**
 * Header, overview and cards of the pages of entities.
 *
 * @packageDocumentation
 */
export { catalogModuleEntityPage as default } from './module';
