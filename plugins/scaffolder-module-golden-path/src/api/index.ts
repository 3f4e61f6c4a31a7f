export { goldenPathApiRef } from './GoldenPathApi';
export type {
  CreatedThing,
  GoldenPathApi,
  GoldenPathCheckRequest,
  GoldenPathCheckResult,
  GoldenPathRun,
  ListedRun,
  RunEvent,
  UsualDuration,
} from './GoldenPathApi';
export { GoldenPathClient } from './GoldenPathClient';
export type {
  UpgradeChange,
  UpgradeField,
  UpgradeFile,
  UpgradeLayer,
  UpgradePreview,
  UpgradeProblem,
  UpgradeProposal,
  UpgradeStatus,
  UpgradeVersion,
} from '@waymark/plugin-golden-paths-common';
