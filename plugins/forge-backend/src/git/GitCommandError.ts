/**
 * A Git command failed in a way nobody expected: a fault of the forge or its
 * disk, not of the request.
 *
 * @internal
 */
export class GitCommandError extends Error {
  readonly stderr: string;

  constructor(options: {
    command: string;
    exit: number | string;
    stderr: string;
  }) {
    super(
      `git ${options.command} failed (${options.exit}): ${options.stderr.slice(
        0,
        500,
      )}`,
    );
    this.name = 'GitCommandError';
    this.stderr = options.stderr;
  }
}
