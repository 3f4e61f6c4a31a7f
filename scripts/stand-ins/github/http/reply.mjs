import { createHash } from 'node:crypto';

/** What a handler answers with; no body is an empty one. */
export const reply = (status, body, headers = {}) => ({
  status,
  body,
  headers,
});

export const noContent = () => reply(204);

export const redirect = (location, status = 302) =>
  reply(status, '', { location });

export const html = (body, status = 200) =>
  reply(status, body, { 'content-type': 'text/html; charset=utf-8' });

function encode({ body }) {
  if (body === undefined) {
    return Buffer.alloc(0);
  }
  if (Buffer.isBuffer(body) || typeof body === 'string') {
    return Buffer.from(body);
  }
  return Buffer.from(JSON.stringify(body));
}

/** Writes an answer, with an ETag and 304 for reads as GitHub does. */
export function send({ req, res }, answer) {
  const bytes = encode(answer);
  const headers = { ...answer.headers };
  if (typeof answer.body === 'object' && !Buffer.isBuffer(answer.body)) {
    headers['content-type'] ??= 'application/json; charset=utf-8';
  }
  if (req.method === 'GET' && answer.status === 200) {
    const digest = createHash('sha256').update(bytes).digest('hex');
    headers.etag ??= `"${digest}"`;
    const known = req.headers['if-none-match'] ?? '';
    if (known.replaceAll('W/', '').split(/,\s*/).includes(headers.etag)) {
      res.writeHead(304, { etag: headers.etag });
      res.end();
      return;
    }
  }
  if (answer.status !== 204) {
    headers['content-length'] = bytes.length;
  }
  res.writeHead(answer.status, headers);
  res.end(req.method === 'HEAD' || answer.status === 204 ? undefined : bytes);
}
