/**
 * Choosing a golden path, its form, its runs, and upgrades of what it made.
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
  UpgradeChange,
  UpgradeField,
  UpgradeFile,
  UpgradeLayer,
  UpgradePreview,
  UpgradeProblem,
  UpgradeProposal,
  UpgradeStatus,
  UpgradeVersion,
  UsualDuration,
} from './api';
export { compareTemplates } from './paths/compareTemplates';
export { readGoldenPath } from './paths/readGoldenPath';
export type { GoldenPathDescription } from './paths/readGoldenPath';
