/**
 * What the backend, its modules and the frontend of scorecards share.
 *
 * @packageDocumentation
 */

export * from './api/types';
export * from './client/ScorecardsApi';
export * from './client/ScorecardsClient';
export * from './csv/csvLine';
export * from './fix/checkFixValues';
export * from './fix/resolveFixValues';
export * from './kind/ScorecardEntityV1alpha1';
export * from './kind/scorecardLimits';
export * from './kind/scorecardSchema';
export * from './permissions/permissions';
