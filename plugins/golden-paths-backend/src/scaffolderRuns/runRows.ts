import { toMillis } from '@waymark/backend-support';
import { RunStatus, ScaffolderRun } from './ScaffolderRun';

type Time = string | number | null;

/**
 * A row of `scaffolder_runs`.
 *
 * @internal
 */
export interface RunRow {
  task_id: string;
  template_ref: string | null;
  name: string | null;
  owner_ref: string | null;
  created_by: string | null;
  left_out: string | null;
  creates: boolean | number;
  entity_ref: string | null;
  repository_url: string | null;
  upgrades_ref: string | null;
  upgrades_to: string | null;
  change_url: string | null;
  environments: string;
  status: RunStatus;
  attempts: number;
  created_at: Time;
  started_at: Time;
  ended_at: Time;
  steps: string;
  failed_step_id: string | null;
  failed_step_name: string | null;
  error: string | null;
  /** Empty: nothing is known of it but its id. */
  revision: string;
  due_at: Time;
  lease: string | null;
  lease_until: Time;
}

/** @internal */
export function toRun(row: RunRow): ScaffolderRun {
  return {
    taskId: row.task_id,
    templateRef: row.template_ref ?? undefined,
    name: row.name ?? undefined,
    ownerRef: row.owner_ref ?? undefined,
    createdBy: row.created_by ?? undefined,
    leftOut: row.left_out === null ? undefined : JSON.parse(row.left_out),
    creates: Boolean(row.creates),
    entityRef: row.entity_ref ?? undefined,
    repositoryUrl: row.repository_url ?? undefined,
    upgrade:
      row.upgrades_ref === null
        ? undefined
        : {
            entityRef: row.upgrades_ref,
            version: row.upgrades_to ?? undefined,
            url: row.change_url ?? undefined,
          },
    environments: JSON.parse(row.environments),
    status: row.status,
    attempts: row.attempts,
    createdAt: toMillis(row.created_at) ?? 0,
    startedAt: toMillis(row.started_at) ?? 0,
    endedAt: toMillis(row.ended_at),
    steps: JSON.parse(row.steps),
    failedStep:
      row.failed_step_id === null
        ? undefined
        : {
            id: row.failed_step_id,
            name: row.failed_step_name ?? row.failed_step_id,
          },
    error: row.error ?? undefined,
  };
}

/** @internal */
export function toRunRow(
  run: ScaffolderRun,
): Omit<RunRow, 'revision' | 'due_at' | 'lease' | 'lease_until'> {
  return {
    task_id: run.taskId,
    template_ref: run.templateRef ?? null,
    name: run.name ?? null,
    owner_ref: run.ownerRef ?? null,
    created_by: run.createdBy ?? null,
    left_out: run.leftOut ? JSON.stringify(run.leftOut) : null,
    creates: run.creates,
    entity_ref: run.entityRef ?? null,
    repository_url: run.repositoryUrl ?? null,
    upgrades_ref: run.upgrade?.entityRef ?? null,
    upgrades_to: run.upgrade?.version ?? null,
    change_url: run.upgrade?.url ?? null,
    environments: JSON.stringify(run.environments),
    status: run.status,
    attempts: run.attempts,
    created_at: run.createdAt,
    started_at: run.startedAt,
    ended_at: run.endedAt ?? null,
    steps: JSON.stringify(run.steps),
    failed_step_id: run.failedStep?.id ?? null,
    failed_step_name: run.failedStep?.name ?? null,
    error: run.error ?? null,
  };
}

/**
 * A run of which nothing is known but that there is something to find out.
 *
 * @internal
 */
export function unknownRun(taskId: string, now: number): ScaffolderRun {
  return {
    taskId,
    creates: false,
    environments: [],
    status: 'open',
    attempts: 1,
    createdAt: now,
    startedAt: now,
    steps: [],
  };
}
