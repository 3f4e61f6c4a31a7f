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
