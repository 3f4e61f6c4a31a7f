import {
  AuditorService,
  AuthService,
  DiscoveryService,
  LifecycleService,
  LoggerService,
  RootLifecycleService,
  SchedulerService,
  UrlReaderService,
} from '@backstage/backend-plugin-api';
import { ForwardedError } from '@backstage/errors';
import { FilterPredicate } from '@backstage/filter-predicates';
import { CatalogScmEventsService } from '@backstage/plugin-catalog-node/alpha';
import { HumanDuration } from '@backstage/types';
import { Knex } from 'knex';
import { Weeks } from '../calendar/Weeks';
import { expireDeviations } from '../deviations/expireDeviations';
import { writePathWeek } from '../pathWeeks/writePathWeek';
import { ScaffolderRunStore } from '../scaffolderRuns/ScaffolderRunStore';
import { GeneratedCommits } from './GeneratedCommits';
import { ProvenanceStore } from './ProvenanceStore';
import { ProvenanceWatcher } from './ProvenanceWatcher';
import { TemplateVersions } from './TemplateVersions';

/**
 * Keeps what repositories say of their golden paths, as long as the backend runs.
 *
 * @internal
 */
export async function createProvenance(options: {
  auditor: AuditorService;
  auth: AuthService;
  clock: () => number;
  discovery: DiscoveryService;
  knex: Knex;
  lifecycle: LifecycleService;
  logger: LoggerService;
  /** Called after the standing of an entity has changed. */
  onChange: (entityIds: number[]) => Promise<void>;
  reader: UrlReaderService;
  rootLifecycle: RootLifecycleService;
  runs: ScaffolderRunStore;
  scheduler: SchedulerService;
  scmEvents: CatalogScmEventsService;
  services: FilterPredicate;
  weeks: Weeks;
}): Promise<{
  watcher: ProvenanceWatcher;
  /** Brings the present week of entities up to date, and tells of it. */
  changed(entityIds: number[]): Promise<void>;
}> {
  const { clock, knex, lifecycle, rootLifecycle, scheduler } = options;
  const { scmEvents, services, weeks } = options;
  const store = new ProvenanceStore({ clock, knex });
  const versions = new TemplateVersions(options);
  const changed = async (entityIds: number[]) => {
    await writePathWeek({ knex, now: clock(), services, weeks, entityIds });
    await options.onChange(entityIds);
  };
  const watcher = new ProvenanceWatcher({
    ...options,
    generated: new GeneratedCommits(options),
    store,
    versions,
    onChange: entityId => changed([entityId]),
  });

  scmEvents.subscribe({
    async onEvents(events) {
      for (const event of events) {
        if (
          event.type === 'repository.updated' &&
          (await store.touch(event.url)) > 0
        ) {
          watcher.wake();
        }
      }
    },
  });
  rootLifecycle.addStartupHook(() => watcher.start());
  lifecycle.addShutdownHook(() => watcher.stop());

  const schedule = (task: {
    id: string;
    what: string;
    frequency: HumanDuration;
    initialDelay: HumanDuration;
    run: () => Promise<void>;
  }) =>
    scheduler.scheduleTask({
      id: `golden-paths:${task.id}`,
      frequency: task.frequency,
      initialDelay: task.initialDelay,
      timeout: { minutes: 5 },
      scope: 'global',
      async fn() {
        try {
          await task.run();
        } catch (error) {
          throw new ForwardedError(task.what, error);
        }
      },
    });
  await schedule({
    id: 'template-versions',
    what: 'The versions of golden paths could not be found out',
    frequency: { minutes: 1 },
    initialDelay: { seconds: 10 },
    async run() {
      for (const templateRef of await versions.known()) {
        const { policies } = await versions.refresh(templateRef);
        if (policies) {
          await store.touchFollowers(templateRef);
          watcher.wake();
        }
      }
    },
  });
  await schedule({
    id: 'path-weeks',
    what: 'How services stand could not be written down',
    frequency: { minutes: 1 },
    initialDelay: { seconds: 20 },
    async run() {
      const expired = await expireDeviations({ knex, now: clock() });
      await writePathWeek({ knex, now: clock(), services, weeks });
      await options.onChange(expired);
    },
  });
  return { watcher, changed };
}
