import { spawn } from 'node:child_process';
import { createGunzip } from 'node:zlib';
import { gitEnvironment } from './git.mjs';

const headerEnd = Buffer.from('\r\n\r\n');

/** Hands the CGI program's headers to the response; returns what follows. */
function applyHeaders(res, head) {
  for (const line of head.toString('latin1').split('\r\n')) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).trim();
    const value = line.slice(colon + 1).trim();
    if (name.toLowerCase() === 'status') {
      res.statusCode = Number.parseInt(value, 10) || 500;
    } else if (colon > 0) {
      res.setHeader(name, value);
    }
  }
}

/**
 * Git's smart HTTP protocol by Git's own `git http-backend`.
 *
 * @param {{
 *   req: import('node:http').IncomingMessage,
 *   res: import('node:http').ServerResponse,
 *   directory: string,
 *   service: string,
 *   search: string,
 *   user?: string,
 *   env?: Record<string, string>,
 * }} options
 * @returns {Promise<void>} settles when Git has ended; the caller ends `res`
 */
export async function runHttpBackend(options) {
  const { req, res, directory, service, search, user, env } = options;
  const child = spawn('git', ['http-backend'], {
    env: gitEnvironment({
      GIT_PROJECT_ROOT: directory,
      GIT_HTTP_EXPORT_ALL: '1',
      GATEWAY_INTERFACE: 'CGI/1.1',
      SERVER_PROTOCOL: 'HTTP/1.1',
      REQUEST_METHOD: req.method,
      PATH_INFO: `/${service}`,
      QUERY_STRING: search.replace(/^\?/, ''),
      CONTENT_TYPE: req.headers['content-type'] ?? '',
      GIT_PROTOCOL: req.headers['git-protocol'] ?? '',
      ...(user && { REMOTE_USER: user }),
      ...env,
    }),
  });
  child.stdin.on('error', () => {});
  child.stderr.resume();
  res.on('close', () => child.kill());

  const compressed = /gzip/.test(req.headers['content-encoding'] ?? '');
  const input = compressed ? req.pipe(createGunzip()) : req;
  input.on('error', () => child.stdin.destroy());
  input.pipe(child.stdin);

  const exited = new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  let head = Buffer.alloc(0);
  let started = false;
  for await (const chunk of child.stdout) {
    if (started) {
      res.write(chunk);
      continue;
    }
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf(headerEnd);
    if (end >= 0) {
      applyHeaders(res, head.subarray(0, end));
      res.write(head.subarray(end + headerEnd.length));
      started = true;
    }
  }
  await exited;
  if (!started) {
    res.statusCode = 500;
  }
}
