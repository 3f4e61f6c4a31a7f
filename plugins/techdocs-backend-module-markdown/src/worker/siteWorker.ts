import { SerializedError, serializeError } from '@backstage/errors';
import { parentPort, workerData } from 'node:worker_threads';
import { buildSite, SiteJob } from './buildSite';

/**
 * What the thread says of the job that it was given.
 *
 * @internal
 */
export type SiteWorkerMessage =
  | { type: 'log'; level: 'info' | 'warn'; message: string }
  /** What is about to be read. */
  | { type: 'page'; file: string }
  | { type: 'done' }
  | { type: 'failed'; error: SerializedError };

/** This file, for a thread to start with. */
export const SITE_WORKER_FILE = __filename;

/** Given to such a thread, so that no other one takes itself for it. */
export const SITE_WORKER = 'techdocs-markdown-site-worker';

if (parentPort && workerData === SITE_WORKER) {
  const port = parentPort;
  const say = (message: SiteWorkerMessage) => port.postMessage(message);
  port.on('message', (job: SiteJob) => {
    say({ type: 'page', file: 'The list of files' });
    buildSite(job, {
      logger: {
        info: message => say({ type: 'log', level: 'info', message }),
        warn: message => say({ type: 'log', level: 'warn', message }),
      },
      onPage: file => say({ type: 'page', file }),
    }).then(
      () => say({ type: 'done' }),
      error => say({ type: 'failed', error: serializeError(error) }),
    );
  });
}
