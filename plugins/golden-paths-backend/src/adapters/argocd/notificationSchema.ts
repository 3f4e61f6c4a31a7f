import { z } from 'zod';
import { eventLimits } from '../../events/eventLimits';

/** Of Kubernetes; Go leaves out what is empty, and says `null` for what is not there. */
const name = z
  .string()
  .max(253)
  .regex(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/);
const time = z.iso.datetime({ offset: true });
const revision = z.string().min(1).max(255);

/**
 * What our template of Argo CD's notifications sends; see docs/delivery.md.
 *
 * @internal
 */
export const notificationSchema = z.object({
  /** Address of Argo CD. */
  server: z.url({ protocol: /^https?$/ }).max(512),
  application: z.object({
    name,
    namespace: name.nullish(),
    uid: z.string().min(1).max(100),
    labels: z.record(z.string(), z.string()).nullish(),
  }),
  destination: z
    .object({
      namespace: z.string().max(eventLimits.id).nullish(),
    })
    .nullish(),
  health: z.object({
    status: z.enum([
      'Healthy',
      'Degraded',
      'Progressing',
      'Suspended',
      'Missing',
      'Unknown',
    ]),
    message: z.string().nullish(),
    lastTransitionTime: time.nullish(),
  }),
  sync: z.object({ status: z.string(), revision: revision.nullish() }),
  operation: z
    .object({
      phase: z.string().nullish(),
      message: z.string().nullish(),
      finishedAt: time.nullish(),
    })
    .nullish(),
  reconciledAt: time.nullish(),
  /** The oldest first; Argo CD keeps ten. */
  history: z
    .array(
      z.object({
        id: z.number().int().nonnegative(),
        revision: revision.nullish(),
        deployedAt: time.nullish(),
      }),
    )
    .max(100)
    .nullish(),
  images: z.array(z.string().min(1).max(1_024)).max(100).nullish(),
});

/** @internal */
export type ArgocdNotification = z.output<typeof notificationSchema>;
