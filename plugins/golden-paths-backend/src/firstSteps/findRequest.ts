import { SourceEvent } from '../derive/Derived';
import { isScaffolderRun } from '../scaffolderRuns/isScaffolderRun';
import { ScaffolderRun } from '../scaffolderRuns/ScaffolderRun';
import { DerivedFirstSteps } from './DerivedFirstSteps';

/**
 * Who asked for a service, when and on which path: the start of the first run that
 * made something new, as its events say or as the scaffolder still knows it.
 *
 * @internal
 */
export function findRequest(
  events: readonly SourceEvent[],
  run: ScaffolderRun | undefined,
):
  | Pick<
      DerivedFirstSteps,
      'taskId' | 'templateRef' | 'requestedBy' | 'requestedAt' | 'sample'
    >
  | undefined {
  const started = events
    .filter(
      event =>
        event.type === 'pipelinerun.started' &&
        isScaffolderRun(event) &&
        makesService(event),
    )
    .sort(
      (a, b) =>
        a.occurredAt - b.occurredAt || (a.id < b.id ? -1 : Number(a.id > b.id)),
    )
    .at(0);
  if (started && (!run?.creates || started.occurredAt <= run.createdAt)) {
    const { template, requestedBy } = custom(started);
    return {
      taskId: started.data.subject.id,
      templateRef: text(template),
      requestedBy: text(requestedBy),
      requestedAt: started.occurredAt,
      sample: started.sample,
    };
  }
  return run?.creates
    ? {
        taskId: run.taskId,
        templateRef: run.templateRef,
        requestedBy: run.createdBy,
        requestedAt: run.createdAt,
        sample: false,
      }
    : undefined;
}

/**
 * Whether a run of the scaffolder makes something new, as far as its events say.
 *
 * @internal
 */
export function makesService(event: SourceEvent): boolean {
  return custom(event).creates !== false;
}

function custom(event: SourceEvent): Record<string, unknown> {
  const { customData } = event.data;
  return typeof customData === 'object' && customData !== null
    ? customData
    : {};
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
