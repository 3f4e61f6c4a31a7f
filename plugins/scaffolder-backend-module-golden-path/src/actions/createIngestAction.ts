import { AuthService, UrlReaderService } from '@backstage/backend-plugin-api';
import { stringifyEntityRef, parseEntityRef } from '@backstage/catalog-model';
import { ConflictError, InputError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { CatalogScmEventsService } from '@backstage/plugin-catalog-node/alpha';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { diagnoseCatalogInfo } from '../ingest/diagnoseCatalogInfo';
import { waitForEntity } from '../ingest/waitForEntity';
import { RunRepository, RunStore } from '../runs/RunStore';

const DEFAULT_TIMEOUT_SECONDS = 60;

/**
 * `golden-path:ingest`: waits until the new service is in the catalog. It
 * registers nothing: repositories come into the catalog through the provider
 * of their host.
 *
 * @internal
 */
export function createIngestAction(options: {
  catalog: CatalogService;
  auth: AuthService;
  reader: UrlReaderService;
  store: RunStore;
  scmEvents: CatalogScmEventsService;
}) {
  const { catalog, auth, reader, store, scmEvents } = options;

  return createTemplateAction({
    id: 'golden-path:ingest',
    description:
      'Waits until the entity of a published repository is in the catalog.',
    supportsDryRun: true,
    schema: {
      input: {
        catalogInfoUrl: z =>
          z.string().describe('Output of golden-path:publish'),
        entityRef: z =>
          z
            .string()
            .optional()
            .describe('The entity to wait for. Default: the first component'),
        timeout: z =>
          z
            .number()
            .positive()
            .max(3600)
            .optional()
            .describe(
              `How long to wait, in seconds. Default: ${DEFAULT_TIMEOUT_SECONDS}`,
            ),
      },
      output: {
        entityRef: z => z.string().describe('The entity in the catalog'),
      },
    },
    async handler(ctx) {
      const { catalogInfoUrl, timeout = DEFAULT_TIMEOUT_SECONDS } = ctx.input;
      const entityRef =
        ctx.input.entityRef &&
        stringifyEntityRef(
          parseEntityRef(ctx.input.entityRef, { defaultKind: 'Component' }),
        );
      if (ctx.isDryRun) {
        ctx.logger.info('A dry run waits for no entity');
        if (entityRef) {
          ctx.output('entityRef', entityRef);
        }
        return;
      }
      const repository = await findRepository(
        store,
        ctx.task.id,
        catalogInfoUrl,
      );

      const result = await waitForEntity({
        catalog,
        auth,
        catalogInfoUrl,
        entityRef,
        timeoutMs: timeout * 1000,
        remind: async () => {
          ctx.logger.info('Telling the catalog once more where to look');
          await scmEvents.publish(
            repository
              ? [
                  { type: 'repository.created', url: repository.url },
                  { type: 'repository.updated', url: repository.url },
                ]
              : [{ type: 'location.updated', url: catalogInfoUrl }],
          );
        },
        signal: ctx.signal,
      });
      if (result.entityRef === undefined) {
        await findRepository(store, ctx.task.id, catalogInfoUrl);
        const reason =
          result.problem ??
          (await diagnoseCatalogInfo({
            catalog,
            reader,
            credentials: await auth.getOwnServiceCredentials(),
            catalogInfoUrl,
          }));
        throw new InputError(
          `${catalogInfoUrl} did not come into the catalog: ${reason}`,
        );
      }
      ctx.logger.info(`${result.entityRef} is in the catalog`);
      ctx.output('entityRef', result.entityRef);
    },
  });
}

/**
 * @returns the repository of the run that holds the file, if it made one
 * @throws ConflictError when it was undone: waiting for that would only take time
 */
async function findRepository(
  store: RunStore,
  taskId: string,
  catalogInfoUrl: string,
): Promise<RunRepository | undefined> {
  const entry = (await store.list({ taskId })).find(({ url }) =>
    catalogInfoUrl.startsWith(`${url}/`),
  );
  if (entry?.state === 'undoing' || entry?.state === 'undone') {
    throw new ConflictError(
      `The repository ${entry.url} of this run was undone; start again from the form`,
    );
  }
  return entry;
}
