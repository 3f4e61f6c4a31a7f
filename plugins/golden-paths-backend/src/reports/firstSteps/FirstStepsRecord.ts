import { FirstStep, FirstStepsRow } from '@waymark/plugin-golden-paths-common';
import { optionalTime } from '../../calendar/isoTime';

type Time = string | number | null;

/** In their order; each has a column of its own. */
export const STEPS = [
  'requested',
  'repository',
  'pipeline',
  'artifact',
  'staging',
  'catalog',
  'production',
] as const satisfies FirstStep[];

/** A row of `first_steps`, with the entity it is about. */
export type FirstStepsRecord = {
  ref: string | null;
  name: string;
  owner_ref: string | null;
  task_id: string | null;
  template_ref: string | null;
  requested_by: string | null;
  stuck_step: FirstStep | null;
  stuck_since: Time;
  stuck_reason: 'failed' | 'waiting' | null;
  stuck_message: string | null;
  stuck_url: string | null;
  sample: boolean | number;
} & { [step in FirstStep as `${step}_at`]: Time };

/** @internal */
export function toFirstStepsRow(record: FirstStepsRecord): FirstStepsRow {
  const since = optionalTime(record.stuck_since);
  return {
    entityRef: record.ref ?? undefined,
    title: record.name,
    ownerRef: record.owner_ref ?? undefined,
    templateRef: record.template_ref ?? undefined,
    taskId: record.task_id ?? undefined,
    requestedBy: record.requested_by ?? undefined,
    steps: Object.fromEntries(
      STEPS.flatMap(step => {
        const at = optionalTime(record[`${step}_at`]);
        return at === undefined ? [] : [[step, at]];
      }),
    ),
    ...(record.stuck_step !== null &&
      since !== undefined && {
        stuck: {
          step: record.stuck_step,
          since,
          reason: record.stuck_reason ?? 'waiting',
          message: record.stuck_message ?? undefined,
          url: linkAddress(record.stuck_url),
        },
      }),
    sample: Boolean(record.sample),
  };
}

/** A page on the web or inside the portal. */
function linkAddress(url: string | null): string | undefined {
  return url !== null && /^(https?:\/\/|\/(?![\\/]))/i.test(url)
    ? url
    : undefined;
}
