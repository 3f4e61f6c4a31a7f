/**
 * Diagrams, and pages that are never older than their repository, in the reader of
 * TechDocs.
 *
 * @packageDocumentation
 */
export { techdocsModuleReader as default } from './module';
