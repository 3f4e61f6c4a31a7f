import {
  AuditorService,
  AuthService,
  DiscoveryService,
  HttpAuthService,
  LifecycleService,
  LoggerService,
  RootConfigService,
  RootLifecycleService,
  SchedulerService,
  UrlReaderService,
} from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import { CatalogScmEventsService } from '@backstage/plugin-catalog-node/alpha';
import { EventsService } from '@backstage/plugin-events-node';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { ScaffolderService } from '@backstage/plugin-scaffolder-node';
import { CatalogListener, EntityAccess } from '@waymark/backend-support';
import { Router } from 'express';
import { Knex } from 'knex';
import { Weeks } from '../calendar/Weeks';
import { readDeriveSettings } from '../config/readDeriveSettings';
import { createDeviations } from '../deviations/createDeviations';
import { EventIntake } from '../events/EventIntake';
import { createProvenance } from '../provenance/createProvenance';
import { ProvenanceListener } from '../provenance/ProvenanceListener';
import { createScaffolderRuns } from '../scaffolderRuns/createScaffolderRuns';
import { ScaffolderRunStore } from '../scaffolderRuns/ScaffolderRunStore';
import { readServicePredicate } from '../services/readServicePredicate';
import { markDue } from '../worker/markDue';

/**
 * How services follow golden paths: the runs that make them, what their repositories
 * say, and what is decided about deviations.
 *
 * @internal
 */
export async function createPaths(options: {
  access: EntityAccess;
  auditor: AuditorService;
  auth: AuthService;
  clock: () => number;
  config: RootConfigService;
  discovery: DiscoveryService;
  events: EventsService;
  httpAuth: HttpAuthService;
  intake: EventIntake;
  knex: Knex;
  lifecycle: LifecycleService;
  logger: LoggerService;
  notifications: NotificationService;
  rootLifecycle: RootLifecycleService;
  scaffolder: ScaffolderService;
  scheduler: SchedulerService;
  scmEvents: CatalogScmEventsService;
  urlReader: UrlReaderService;
  /** Has what was marked as due derived. */
  wake: () => void;
}): Promise<{ listener: CatalogListener; router: Router }> {
  const { clock, config, knex, wake } = options;
  const runs = new ScaffolderRunStore({
    clock,
    knex,
    async onChange(tx, entityRef) {
      await markDue(
        tx,
        await tx('entities').where({ ref: entityRef }).pluck('id'),
      );
    },
  });
  await createScaffolderRuns({ ...options, store: runs });
  const { changed } = await createProvenance({
    ...options,
    reader: options.urlReader,
    runs,
    services: readServicePredicate(config),
    weeks: Weeks.of(readDeriveSettings(config).timeZone),
    async onChange(entityIds) {
      await markDue(knex, entityIds);
      wake();
    },
  });
  return {
    listener: new ProvenanceListener({
      clock,
      integrations: ScmIntegrations.fromConfig(config),
    }),
    router: await createDeviations({ ...options, onChange: changed }),
  };
}
