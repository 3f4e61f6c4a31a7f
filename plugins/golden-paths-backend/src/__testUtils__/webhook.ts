import { createHmac, randomUUID } from 'node:crypto';

export const SECRET = 'a secret of the tests';

/** What GitHub sends, as far as receivers look at it. */
export function webhook(
  payload: unknown,
  options: {
    event?: string;
    deliveryId?: string;
    secret?: string;
    headers?: Record<string, string | undefined>;
  } = {},
) {
  const body = typeof payload === 'string' ? payload : JSON.stringify(payload);
  const headers: Record<string, string> = {};
  const all: Record<string, string | undefined> = {
    'content-type': 'application/json',
    'user-agent': 'GitHub-Hookshot/1234567',
    'x-github-event': options.event ?? 'push',
    'x-github-delivery': options.deliveryId ?? randomUUID(),
    'x-github-hook-id': '42',
    'x-hub-signature-256': `sha256=${createHmac(
      'sha256',
      options.secret ?? SECRET,
    )
      .update(body)
      .digest('hex')}`,
    ...options.headers,
  };
  for (const [name, value] of Object.entries(all)) {
    if (value !== undefined) {
      headers[name] = value;
    }
  }
  return { method: 'POST', body, headers };
}
