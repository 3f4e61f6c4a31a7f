/**
 * The address of a repository in the forge, with the name and password of who
 * may push.
 *
 * @internal
 */
export function withCredentials(url: string, password: string): string {
  const parsed = new URL(url);
  parsed.username = 'waymark';
  parsed.password = password;
  return parsed.toString();
}
