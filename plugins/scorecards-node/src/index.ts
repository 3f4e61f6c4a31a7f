/**
 * For modules that collect facts for scorecards.
 *
 * @packageDocumentation
 */

export * from './collectors/FactCollector';
export * from './collectors/RateLimitError';
export * from './collectors/factCollectorsExtensionPoint';
export * from './rules/CheckAnalysis';
export * from './rules/ScorecardIssue';
