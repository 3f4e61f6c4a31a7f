/**
 * Whether a source is another one, or an address below it, such as that of one run.
 * Hosts tell the addresses of repositories apart without regard to case.
 *
 * @public
 */
export function isWithinSource(source: string, base: string): boolean {
  const [inner, outer] = [source.toLowerCase(), base.toLowerCase()];
  const rest = inner.slice(outer.length);
  return (
    inner.startsWith(outer) &&
    (rest === '' || rest.startsWith('/')) &&
    // Whoever opens the address would end up elsewhere
    !rest.split(/[/\\]/).some(part => /^(\.|%2e){1,2}(?=$|[?#])/.test(part))
  );
}
