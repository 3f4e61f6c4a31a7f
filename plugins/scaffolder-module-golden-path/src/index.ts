/**
 * Form fields and the failed-run panel for golden paths.
 *
 * @packageDocumentation
 */
export { scaffolderModuleGoldenPath as default } from './module';
export { goldenPathApiRef } from './api';
export type {
  CreatedThing,
  GoldenPathApi,
  GoldenPathCheckRequest,
  GoldenPathCheckResult,
  GoldenPathRun,
  RunFailure,
} from './api';
export { readGoldenPath } from './paths/readGoldenPath';
export type { GoldenPathDescription } from './paths/readGoldenPath';
