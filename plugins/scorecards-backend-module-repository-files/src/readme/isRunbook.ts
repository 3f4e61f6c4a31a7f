import { Heading } from './readHeadings';

/** "Runbook", "Run book", "3. Runbooks", "📟 Operations runbook: at night" */
const RUNBOOK =
  /^[^\p{L}]*(?:(?:the|our|operations?|operational|operator'?s?|on-?call|incident|service) )*run[ -]?books?\b/iu;

/**
 * Whether a heading is that of a runbook, with something to read below it.
 *
 * @internal
 */
export function isRunbook(heading: Heading): boolean {
  return heading.hasText && RUNBOOK.test(heading.text);
}
