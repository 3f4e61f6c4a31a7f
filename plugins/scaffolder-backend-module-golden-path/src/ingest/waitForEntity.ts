import { setTimeout as sleep } from 'node:timers/promises';
import {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import {
  ANNOTATION_LOCATION,
  Entity,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';

/** How often the catalog is asked. */
const INTERVAL_MS = 250;

/**
 * How often it is asked for an error. This and the question above cost the
 * process that the entity is made in.
 */
const PROBLEM_INTERVAL_MS = 2_000;

/**
 * How often the catalog is told once more where to look. What it was told before may
 * be lost on the way, or have met an error of the moment, after which it would
 * not come back for minutes.
 */
const REMINDER_INTERVAL_MS = 5_000;

/** An error may be of the moment: it must stand this long to end the wait. */
const ERROR_PATIENCE_MS = 5_000;

/**
 * How a wait for an entity ended.
 *
 * @internal
 */
export type WaitResult =
  | { entityRef: string }
  | {
      entityRef?: undefined;
      /** What the catalog says is wrong with the file, if it says so. */
      problem?: string;
    };

/**
 * Waits until the catalog holds an entity that a `catalog-info.yaml` describes.
 *
 * @internal
 */
export async function waitForEntity(options: {
  catalog: CatalogService;
  auth: AuthService;
  catalogInfoUrl: string;
  /** The one to wait for; else the first component, else any entity. */
  entityRef?: string;
  timeoutMs: number;
  /** Tells the catalog once more that there is something to read. */
  remind: () => Promise<void>;
  signal?: AbortSignal;
}): Promise<WaitResult> {
  const { catalog, auth, catalogInfoUrl, entityRef, timeoutMs, signal } =
    options;
  const deadline = Date.now() + timeoutMs;
  let problem: string | undefined;
  let problemSince: number | undefined;
  let nextProblemAt = Date.now() + PROBLEM_INTERVAL_MS;
  let nextReminderAt = Date.now() + REMINDER_INTERVAL_MS;

  for (;;) {
    signal?.throwIfAborted();
    const credentials = await auth.getOwnServiceCredentials();
    const { items } = await catalog.queryEntities(
      {
        filter: {
          [`metadata.annotations.${ANNOTATION_LOCATION}`]: `url:${catalogInfoUrl}`,
        },
        fields: ['kind', 'metadata.name', 'metadata.namespace'],
        limit: 100,
      },
      { credentials },
    );
    const refs = items.map(item => stringifyEntityRef(item));
    const found = entityRef
      ? refs.find(ref => ref === entityRef)
      : refs.find(ref => ref.startsWith('component:')) ??
        // The Location that points to the file is there before anything in it
        refs.find(ref => !ref.startsWith('location:'));
    if (found) {
      return { entityRef: found };
    }

    if (Date.now() >= Math.min(nextProblemAt, deadline)) {
      problem = await locationProblem(catalog, catalogInfoUrl, credentials);
      if (problem && problemSince === undefined) {
        // By itself the catalog would not look again within our patience
        nextReminderAt = Date.now();
      }
      problemSince = problem ? problemSince ?? Date.now() : undefined;
      nextProblemAt = Date.now() + PROBLEM_INTERVAL_MS;
    }
    const now = Date.now();
    if (now >= nextReminderAt) {
      await options.remind();
      nextReminderAt = now + REMINDER_INTERVAL_MS;
    }
    if (
      now >= deadline ||
      (problemSince !== undefined && now - problemSince >= ERROR_PATIENCE_MS)
    ) {
      return { problem };
    }
    await sleep(Math.min(INTERVAL_MS, Math.max(deadline - now, 1)), undefined, {
      signal,
    });
  }
}

/** What the catalog noted at the Location that points to the file. */
async function locationProblem(
  catalog: CatalogService,
  catalogInfoUrl: string,
  credentials: BackstageCredentials,
): Promise<string | undefined> {
  const { items } = await catalog.queryEntities(
    {
      filter: { kind: 'Location', 'spec.target': catalogInfoUrl },
      fields: ['kind', 'metadata.name', 'status'],
      limit: 10,
    },
    { credentials },
  );
  const messages = items.flatMap(statusErrors);
  return messages.length > 0 ? messages.join('; ') : undefined;
}

function statusErrors(entity: Entity): string[] {
  const status: unknown = 'status' in entity ? entity.status : undefined;
  if (!status || typeof status !== 'object' || !('items' in status)) {
    return [];
  }
  return (Array.isArray(status.items) ? status.items : []).flatMap(
    (item: { level?: string; message?: string }) =>
      item.level === 'error' && item.message ? [item.message] : [],
  );
}
