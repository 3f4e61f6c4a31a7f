import { randomBytes } from 'node:crypto';

/** Numbers as GitHub hands them out: one sequence for everything here. */
export function createIds(start = 1000) {
  let last = start;
  return {
    next() {
      last += 1;
      return last;
    },
  };
}

/** A global id of GraphQL, as GitHub's newer ones look. */
export function nodeId(prefix, id) {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(id);
  return `${prefix}_kgDO${bytes.toString('base64url')}`;
}

const alphabet =
  'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** A secret with a prefix of GitHub's token formats, such as `ghp`. */
export function secretToken(prefix) {
  const characters = [...randomBytes(36)].map(
    byte => alphabet[byte % alphabet.length],
  );
  return `${prefix}_${characters.join('')}`;
}

/** Seconds are all that GitHub's times tell. */
export const now = () => new Date().toISOString().replace(/\.\d+Z$/, 'Z');
