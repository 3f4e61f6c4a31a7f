/**
 * What tells that an issue was made for a question of the portal, from before its
 * number is known here. It is a comment, which nobody sees.
 *
 * @internal
 */
export function ticketMark(ticketId: string): string {
  return `<!-- waymark-ticket: ${ticketId} -->`;
}

/**
 * The id in the mark of a text.
 *
 * @internal
 */
export function readTicketMark(text: string): string | undefined {
  return /<!-- waymark-ticket: ([0-9a-f-]{36}) -->/.exec(text)?.[1];
}
