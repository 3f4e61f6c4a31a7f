/**
 * Where the portal is stricter than the specification: what its databases keep,
 * its lists show, and its measures can be computed from.
 *
 * @internal
 */
export const eventLimits = {
  /** Objects and lists inside each other, in the whole event. */
  levels: 64,
  /** Characters of the id of an event, of a chain, and of what it refers to. */
  id: 255,
  /** Characters of a source, and of the id of a subject. */
  source: 1_024,
  /** Characters of an artifact. */
  artifact: 1_024,
  /** Characters of an address in `subject.content`. */
  url: 2_048,
  /** Characters of any other text there. */
  text: 16_384,
  /** Links inside one event. */
  links: 100,
  /** Attributes of CloudEvents that are none of its own. */
  extensions: 20,
  /** Characters of the value of such a one. */
  extension: 1_024,
  /** Clocks of pipelines go wrong, and dates get mixed up: milliseconds ahead. */
  aheadMs: 24 * 60 * 60 * 1_000,
  /** No service was deployed before; a time of zero is a missing time. */
  earliest: Date.parse('1990-01-01T00:00:00Z'),
} as const;
