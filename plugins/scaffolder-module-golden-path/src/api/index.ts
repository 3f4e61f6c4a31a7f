export { goldenPathApiRef } from './GoldenPathApi';
export type {
  CreatedThing,
  GoldenPathApi,
  GoldenPathCheckRequest,
  GoldenPathCheckResult,
  GoldenPathRun,
  RunFailure,
} from './GoldenPathApi';
export { GoldenPathClient } from './GoldenPathClient';
