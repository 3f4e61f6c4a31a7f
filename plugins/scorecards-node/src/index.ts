/**
 * For modules that collect facts for scorecards, and for whoever reads rules.
 *
 * @packageDocumentation
 */

export * from './collectors/FactCollector';
export * from './collectors/RateLimitError';
export * from './collectors/factCollectorsExtensionPoint';
export * from './rules/CheckAnalysis';
export * from './rules/CheckError';
export * from './rules/ScorecardIssue';
export * from './rules/analyzeCheck';
export * from './rules/compileCheck';
export * from './rules/factTree';
export * from './rules/formatIssue';
export * from './rules/limits';
export * from './rules/maxAge';
export * from './rules/validateScorecard';
