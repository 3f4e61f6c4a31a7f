import { TemplateRun } from '@waymark/plugin-golden-paths-common';
import { isoTime, optionalTime } from '../../calendar/isoTime';

/** The columns of `scaffolder_runs` that are told. */
export interface TemplateRunRecord {
  task_id: string;
  status: string;
  created_by: string | null;
  created_at: string | number;
  ended_at: string | number | null;
  failed_step_name: string | null;
  failed_step_id: string | null;
}

/** @internal */
export function toTemplateRun(record: TemplateRunRecord): TemplateRun {
  return {
    taskId: record.task_id,
    status: record.status,
    createdBy: record.created_by ?? undefined,
    startedAt: isoTime(record.created_at),
    endedAt: optionalTime(record.ended_at),
    failedStep: record.failed_step_name ?? record.failed_step_id ?? undefined,
  };
}
