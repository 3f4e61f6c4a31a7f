import { InputError } from '@backstage/errors';
import { Request, Response } from 'express';
import { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { createGunzip } from 'node:zlib';
import { exitOf } from '../git/Git';
import { GitRepository } from '../git/GitRepository';
import { ByteLimit } from './ByteLimit';
import { CgiResponse } from './CgiResponse';

/** Longer than any push or clone over a bad line that the limits let through. */
const TIMEOUT_MS = 30 * 60 * 1000;

/** @internal */
export interface HttpBackendOptions {
  req: Request;
  res: Response;
  repository: GitRepository;
  /** What is asked of the repository, such as `info/refs`. */
  service: string;
  /** The forge's user; pushing is possible only with one. */
  user?: string;
  maxBytes: number;
  /**
   * Called when Git has ended, in whatever way, and before the client is told
   * that its request is done.
   */
  onExit?: () => Promise<void>;
}

function header(req: Request, name: string): string {
  const value = req.headers[name];
  return typeof value === 'string' ? value : '';
}

function isCompressed(req: Request): boolean {
  return ['gzip', 'x-gzip'].includes(header(req, 'content-encoding'));
}

function cgiEnvironment(options: HttpBackendOptions): Record<string, string> {
  const { req, repository, service, user } = options;
  const query = req.originalUrl.indexOf('?');
  return {
    GIT_PROJECT_ROOT: repository.directory,
    GIT_HTTP_EXPORT_ALL: '1',
    GATEWAY_INTERFACE: 'CGI/1.1',
    SERVER_PROTOCOL: 'HTTP/1.1',
    REQUEST_METHOD: req.method,
    PATH_INFO: `/${service}`,
    QUERY_STRING: query < 0 ? '' : req.originalUrl.slice(query + 1),
    CONTENT_TYPE: header(req, 'content-type'),
    // Told how much there will be, Git spins for ever on input that ends early;
    // and what is inflated here has another length than the client says
    CONTENT_LENGTH: '',
    GIT_PROTOCOL: header(req, 'git-protocol'),
    ...(user && {
      REMOTE_USER: user,
      // Who wrote the reflog
      GIT_COMMITTER_NAME: user,
      GIT_COMMITTER_EMAIL: `${user}@forge.invalid`,
    }),
  };
}

/**
 * Hands a request to `git http-backend` and its answer back, streaming both.
 * Compressed requests are inflated here: Git would take three megabytes that
 * become one gigabyte, and hold them in memory.
 *
 * When the client goes away while it still sends, Git sees its input end and
 * gives up by itself. It is not killed while it may be moving refs: it then
 * finishes what it was fully told to do, and leaves no locks behind.
 *
 * @throws TooLargeError when the client sends more than `maxBytes`, inflated
 * @throws InputError when what it sends cannot be inflated
 * @internal
 */
export async function runHttpBackend(
  options: HttpBackendOptions,
): Promise<void> {
  const { res, repository, user } = options;
  await repository.stream(
    {
      args: ['http-backend'],
      env: cgiEnvironment(options),
      forUser: user !== undefined,
      isWanted: () => !res.closed,
    },
    child => converse(child, options),
  );
}

async function converse(
  child: ChildProcessWithoutNullStreams,
  options: HttpBackendOptions,
): Promise<void> {
  const { req, res, service, maxBytes } = options;
  const exit = exitOf(child);
  const timer = setTimeout(() => child.kill('SIGTERM'), TIMEOUT_MS);
  const gunzip = isCompressed(req) ? createGunzip() : undefined;
  const request = new ByteLimit(maxBytes);
  const answer = new CgiResponse(res);
  let failure: Error | undefined;

  // Git may be satisfied before it has read everything
  child.stdin.on('error', () => request.resume());
  child.stderr.resume();

  const dropAnswer = () => {
    child.stdout.unpipe(answer);
    answer.unpipe(res);
    // Keeps Git from waiting for somebody who reads
    child.stdout.resume();
  };
  const refuse = (error: Error) => {
    failure ??= error;
    dropAnswer();
    child.stdin.destroy();
    req.unpipe();
    req.resume();
  };
  gunzip?.once('error', error =>
    refuse(new InputError(`The request cannot be inflated: ${error.message}`)),
  );
  request.once('error', refuse);
  answer.once('error', error => {
    failure = error;
    dropAnswer();
  });
  req.once('close', () => {
    if (!req.complete) {
      child.stdin.destroy();
    }
  });
  res.once('close', () => {
    dropAnswer();
    if (service !== 'git-receive-pack') {
      child.kill('SIGTERM');
    }
  });

  (gunzip ? req.pipe(gunzip) : req).pipe(request).pipe(child.stdin);
  child.stdout.pipe(answer).pipe(res, { end: false });
  try {
    await exit;
    await options.onExit?.();
    if (failure) {
      throw failure;
    }
    if (!res.closed) {
      if (!answer.readableEnded) {
        await Promise.race([once(answer, 'end'), once(res, 'close')]);
      }
      if (answer.started) {
        res.end();
      } else {
        throw new Error('git http-backend gave no answer');
      }
    }
  } finally {
    clearTimeout(timer);
    gunzip?.destroy();
  }
}
