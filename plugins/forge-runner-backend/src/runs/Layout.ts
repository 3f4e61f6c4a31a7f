import { join } from 'node:path';

/**
 * Where things lie in the folder of the runner.
 *
 * @internal
 */
export class Layout {
  readonly directory: string;

  constructor(options: { directory: string }) {
    this.directory = options.directory;
  }

  /** All builds of a repository. Ids, not names: nobody chooses them. */
  builds(repositoryId: number): string {
    return join(this.directory, 'builds', String(repositoryId));
  }

  /** The working copy of a run, and what it writes. */
  build(repositoryId: number, run: number): string {
    return join(this.builds(repositoryId), String(run));
  }

  /** What the tools of a repository keep from one run to the next. */
  caches(repositoryId: number): string {
    return join(this.directory, 'caches', String(repositoryId));
  }

  logs(repositoryId: number): string {
    return join(this.directory, 'logs', String(repositoryId));
  }

  runLogs(repositoryId: number, run: number): string {
    return join(this.logs(repositoryId), String(run));
  }

  /** @param stage - one of the known names */
  stageLog(repositoryId: number, run: number, stage: string): string {
    return join(this.runLogs(repositoryId, run), `${stage}.log`);
  }

  serviceLog(repositoryId: number): string {
    return join(this.logs(repositoryId), 'service.log');
  }
}

/** The working copy within the folder of a run. */
export const SOURCE = 'src';
