/**
 * Catalog module that brings in the repositories of Gitea-like hosts.
 *
 * @packageDocumentation
 */

export { catalogModuleForge as default } from './module';
export {
  ANNOTATION_FORGE_PROVIDER,
  ANNOTATION_FORGE_UPDATED_AT,
} from './provider/annotations';
