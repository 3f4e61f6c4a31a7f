/**
 * Types, permissions, metrics and client of the golden paths plugin.
 *
 * @packageDocumentation
 */

export * from './cdEventVersions';
export * from './permissions';
export * from './types';
export * from './api/reports';
export * from './api/support';
export * from './api/upgrades';
export * from './client/GoldenPathsApi';
export * from './client/GoldenPathsClient';
export * from './metrics/metrics';
export * from './facts';
export * from './scaffolder';
export * from './policies/FilePolicies';
export * from './policies/globPattern';
export * from './policies/PathParts';
export * from './deviationWords';
export * from './metrics/definitions';
