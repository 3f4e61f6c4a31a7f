import { parentPort, workerData } from 'node:worker_threads';
import { EvaluationJob, EvaluationMessage } from './EvaluationJob';
import { JobEvaluation } from './JobEvaluation';
import { RuleCache } from './RuleCache';

/** This file, for a thread to start with. */
export const EVALUATION_WORKER_FILE = __filename;

/** Given to such a thread, so that no other one takes itself for it. */
export const EVALUATION_WORKER = 'scorecards-evaluation-worker';

if (parentPort && workerData === EVALUATION_WORKER) {
  // What is missing is told by throwing, very often, and nobody reads from where
  Error.stackTraceLimit = 0;
  const port = parentPort;
  const cache = new RuleCache();
  const say = (message: EvaluationMessage) => port.postMessage(message);
  port.on('message', (job: EvaluationJob) => {
    try {
      new JobEvaluation(job, cache, details =>
        say({ type: 'details', details }),
      ).run();
      say({ type: 'done' });
    } catch (error) {
      say({ type: 'failed', message: String(error) });
    }
  });
}
