import { createHash, timingSafeEqual } from 'node:crypto';

/**
 * Whether a caller named one of the secrets. Every one is compared, and in constant
 * time, whatever its length.
 *
 * @param options - `authorization`: the header
 * @internal
 */
export function verifyBearer(options: {
  authorization: string | undefined;
  secrets: string[];
}): boolean {
  const [, given] = /^Bearer +(.*\S)$/i.exec(options.authorization ?? '') ?? [];
  if (given === undefined) {
    return false;
  }
  const digest = (text: string) => createHash('sha256').update(text).digest();
  const wanted = digest(given);
  return options.secrets.reduce(
    (found, secret) => timingSafeEqual(digest(secret), wanted) || found,
    false,
  );
}
