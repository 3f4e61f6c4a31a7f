export { scaffolderModuleGoldenPath as default } from './module';
export { PROVENANCE_PATH, TEMPLATE_BRANCH } from './publish/provenance';
export type { Provenance } from './publish/provenance';
export type { FieldError } from './checks/fields';
export type { RunView } from './service/describeRun';
export type { PathVersion } from './versions/PathVersion';
