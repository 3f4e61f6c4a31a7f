import { LoggerService } from '@backstage/backend-plugin-api';

/**
 * The scaffolder announces every file as it begins with it. A run's log is a
 * table row per line, so these go no further than the debug level; but the
 * last one tells where an error happened, which the error itself does not. It is
 * also the only place at which rendering can be stopped.
 *
 * @internal
 */
export class FileProgress implements LoggerService {
  lastFile: string | undefined;

  constructor(
    private readonly logger: LoggerService,
    private readonly signal?: AbortSignal,
  ) {}

  info(message: string): void {
    this.signal?.throwIfAborted();
    this.lastFile =
      /^Writing file (.+) to template output path/.exec(message)?.[1] ??
      this.lastFile;
    this.logger.debug(message);
  }

  debug(message: string): void {
    this.logger.debug(message);
  }

  warn(message: string): void {
    this.logger.warn(message);
  }

  error(message: string): void {
    this.logger.error(message);
  }

  child(): LoggerService {
    return this;
  }
}
