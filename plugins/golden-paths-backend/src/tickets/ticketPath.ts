/**
 * The page of a question in the portal.
 *
 * @internal
 */
export function ticketPath(id: string): string {
  return `/delivery/support?ticket=${encodeURIComponent(id)}`;
}
