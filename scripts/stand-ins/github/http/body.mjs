import { GithubError } from './GithubError.mjs';

const MAX_BYTES = 25 * 1024 * 1024;

/** The whole body of a request. */
export async function readBody(req) {
  const chunks = [];
  let length = 0;
  for await (const chunk of req) {
    length += chunk.length;
    if (length > MAX_BYTES) {
      throw new GithubError(413, 'Payload too large');
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** A body as an object, whether it is JSON or a form. */
export function parseBody(bytes, contentType = '') {
  if (bytes.length === 0) {
    return {};
  }
  if (contentType.includes('application/x-www-form-urlencoded')) {
    return Object.fromEntries(new URLSearchParams(bytes.toString()));
  }
  let value;
  try {
    value = JSON.parse(bytes.toString());
  } catch {
    throw new GithubError(400, 'Problems parsing JSON');
  }
  if (typeof value !== 'object' || value === null) {
    throw new GithubError(400, 'Body should be a JSON object');
  }
  return value;
}
