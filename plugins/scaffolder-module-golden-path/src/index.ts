/**
 * Choosing a golden path, its form, and its runs.
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
  ListedRun,
  RunEvent,
  UsualDuration,
} from './api';
export { compareTemplates } from './paths/compareTemplates';
export { readGoldenPath } from './paths/readGoldenPath';
export type { GoldenPathDescription } from './paths/readGoldenPath';
