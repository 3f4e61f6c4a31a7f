export interface Config {
  /** Scorecards: facts, rules and what comes of them. */
  scorecards?: {};
}
