/**
 * What went wrong in a stage, in words for people.
 *
 * @internal
 */
export class StageFailure extends Error {}

/**
 * A stage that cannot be run here, with the reason.
 *
 * @internal
 */
export class StageNotRun extends Error {}
