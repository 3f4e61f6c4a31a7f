/**
 * What an expression may be and take. All but the last two are found when the
 * scorecard is read, the others make the rule an error for that entity.
 *
 * @public
 */
export const CHECK_LIMITS = {
  /** Bytes of its text. */
  textBytes: 2048,
  /** Operators, operands and calls. */
  nodes: 1000,
  /** Brackets within brackets. */
  depth: 50,
  /** `all`, `exists`, `map` … within each other. */
  nestedMacros: 2,
  /** Characters of a regular expression. */
  patternLength: 500,
  /** Instructions that a regular expression may be translated to. */
  patternSize: 1000,
  /** Elements of a list that a macro goes through. */
  macroElements: 1000,
  /** Elements of a list that an expression makes. */
  listElements: 10_000,
  /** Characters of a text that an expression makes or a pattern is applied to. */
  stringLength: 65_536,
  /** What one evaluation may cost: about one for each operation. */
  steps: 1_000_000,
} as const;
