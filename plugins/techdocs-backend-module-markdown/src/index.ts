/**
 * TechDocs module that builds documentation from Markdown without Python.
 *
 * @packageDocumentation
 */

export { techdocsModuleMarkdown as default } from './module';
export { MarkdownGenerator } from './MarkdownGenerator';
export type { MarkdownGeneratorLimits } from './MarkdownGeneratorOptions';
