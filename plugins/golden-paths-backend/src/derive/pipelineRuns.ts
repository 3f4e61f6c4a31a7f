import { DerivedPipelineRun } from './Derived';
import { Fact } from './Fact';
import { isScaffolderRun } from '../scaffolderRuns/isScaffolderRun';
import { readTitle } from './texts';

const OUTCOMES = ['success', 'failure', 'error', 'cancel'] as const;

/**
 * Pipeline runs. One that was tried several times is what its last attempt was: from
 * the last start before the last finish. Started after that, it runs again; finished
 * without a start, its duration is not known. Runs of the scaffolder are no pipelines.
 *
 * @internal
 */
export function findPipelineRuns(facts: Fact[]): DerivedPipelineRun[] {
  const attempts = new Map<string, { start?: Fact; finish?: Fact }>();
  for (const fact of facts) {
    const { event, subjectId } = fact;
    if (isScaffolderRun(event)) {
      continue;
    }
    if (event.type === 'pipelinerun.started') {
      attempts.set(subjectId, { start: fact });
    } else if (event.type === 'pipelinerun.finished') {
      attempts.set(subjectId, { ...attempts.get(subjectId), finish: fact });
    }
  }
  return [...attempts].map(([runId, { start, finish }]) => {
    const reports = [finish, start].filter(report => report !== undefined);
    const [{ event }] = reports;
    const first = <K extends 'revision' | 'url'>(key: K) =>
      reports.find(report => report[key])?.[key];
    return {
      runId,
      eventSequence: event.sequence,
      name: reports
        .map(({ content }) => readTitle(content.pipelineName))
        .find(Boolean),
      outcome: OUTCOMES.find(outcome => outcome === finish?.content.outcome),
      startedAt: start?.event.occurredAt,
      finishedAt: finish?.event.occurredAt,
      revision: first('revision'),
      sample: event.sample,
      url: first('url'),
    };
  });
}

/** @internal */
export function hasFailed({ outcome }: DerivedPipelineRun): boolean {
  return outcome === 'failure' || outcome === 'error';
}

/**
 * Runs of pipelines, and tasks of them, that failed and say to which environment they
 * deployed.
 *
 * @internal
 */
export function findFailedAttempts(facts: Fact[]): Fact[] {
  return facts.filter(
    ({ event, content, environment }) =>
      environment !== undefined &&
      (event.type === 'pipelinerun.finished' ||
        event.type === 'taskrun.finished') &&
      (content.outcome === 'failure' || content.outcome === 'error'),
  );
}
