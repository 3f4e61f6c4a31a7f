import { Answer, PIPELINE, Portal } from './startPortal';
import { Column, Person, PERSONS } from './matrix';
import { allowed, Probe } from './Probe';
import {
  FAILING_TEMPLATE,
  KEPT_TEMPLATE,
  OPEN_TEMPLATE,
  SHOP,
  TOOL,
  spareOf,
} from './organization';
import { createScorecardProbes } from './scorecardProbes';

/** Seconds: longer than it takes to cancel a run, and over soon if that fails. */
const LONG = 45;

const TEMPLATES = ['failing', 'kept', 'open'];
const OPEN_TEMPLATES = ['failing', 'open'];

/** How to try each row of the matrix, by the row's key. */
export async function createProbes(
  portal: Portal,
): Promise<Record<string, Probe>> {
  const { call, until } = portal;

  /** A permission of a plugin, which asks about an entity if one is named. */
  const permission =
    (name: string, action: string, resourceRef?: string): Probe =>
    async who => {
      const type = resourceRef
        ? { type: 'resource', resourceType: 'catalog-entity' }
        : { type: 'basic' };
      const { status, body } = await call(who, '/api/permission/authorize', {
        body: {
          items: [
            {
              id: '1',
              resourceRef,
              permission: { ...type, name, attributes: { action } },
            },
          ],
        },
      });
      if (status === 401 || status === 403) {
        return '-';
      }
      expect(status).toBe(200);
      return body.items[0].result === 'ALLOW' ? 'y' : '-';
    };

  const ask =
    (path: string, body?: unknown): Probe =>
    async who =>
      allowed(await call(who, path, { body }));

  async function start(
    who: Column,
    templateRef: string,
    values: object = { seconds: 0 },
  ): Promise<Answer> {
    return call(who, '/api/scaffolder/v2/tasks', {
      body: { templateRef, values },
    });
  }

  async function end(who: Column, taskId: string): Promise<any> {
    return until(`${taskId} ends`, async () => {
      const { body } = await call(who, `/api/scaffolder/v2/tasks/${taskId}`);
      return ['completed', 'failed', 'cancelled'].includes(body.status)
        ? body
        : undefined;
    });
  }

  /** A run of this person that waits, or `undefined` if they cannot have one. */
  async function longRun(who: Column): Promise<string | undefined> {
    const { status, body } = await start(who, OPEN_TEMPLATE, { seconds: LONG });
    if (status !== 201) {
      return undefined;
    }
    // Before the first step a run cannot be cancelled
    await until(`${body.id} begins`, async () => {
      const events = await call(
        who,
        `/api/scaffolder/v2/tasks/${body.id}/events`,
      );
      return events.body.some((event: any) => event.body.stepId) || undefined;
    });
    return body.id;
  }

  async function failedRun(who: Column): Promise<string | undefined> {
    const { status, body } = await start(who, FAILING_TEMPLATE, {});
    if (status !== 201) {
      return undefined;
    }
    expect(await end(who, body.id)).toMatchObject({ status: 'failed' });
    return body.id;
  }

  const cancel = (who: Column, taskId: string) =>
    call(who, `/api/scaffolder/v2/tasks/${taskId}/cancel`, { method: 'POST' });

  // Somebody else's, for everybody who looks: two owners, so that each has one
  const runsOf = new Map<Column, string>();
  for (const who of ['engineer', 'other-engineer'] as const) {
    const { body } = await start(who, OPEN_TEMPLATE);
    await end(who, body.id);
    runsOf.set(who, body.id);
  }
  const foreignRun = (who: Column) =>
    runsOf.get(who === 'engineer' ? 'other-engineer' : 'engineer')!;
  // Those who cannot have a run of their own are given one that is not theirs
  const ownOr = (taskId: string | undefined, who: Column) =>
    taskId ?? foreignRun(who);

  const ofForeignRun =
    (suffix: string): Probe =>
    async who =>
      allowed(
        await call(who, `/api/scaffolder/v2/tasks/${foreignRun(who)}${suffix}`),
      );

  const makeCredential = (who: Column, ...entityRefs: string[]) =>
    call(who, '/api/ci-credentials/credentials', {
      body: { source: `https://ci.example/${crypto.randomUUID()}`, entityRefs },
    });

  /** Says that something was deployed. */
  const report =
    (entityRef: string): Probe =>
    async who => {
      const id = crypto.randomUUID();
      const type = 'dev.cdevents.service.deployed.0.3.0';
      const source = who === 'pipeline' ? PIPELINE : `user:default/${who}`;
      return allowed(
        await call(who, '/api/golden-paths/events', {
          contentType: 'application/cloudevents+json',
          body: {
            specversion: '1.0',
            id,
            source,
            type,
            entityref: entityRef,
            datacontenttype: 'application/json',
            data: {
              context: {
                specversion: '0.5.0',
                id,
                source,
                type,
                timestamp: new Date().toISOString(),
              },
              subject: {
                id: 'shop',
                content: {
                  environment: { id: 'staging' },
                  artifactId: 'pkg:oci/shop',
                },
              },
            },
          },
        }),
      );
    };

  async function withLocation(
    use: (id: string, target: string) => Promise<string>,
  ): Promise<string> {
    const target = `https://example.com/${crypto.randomUUID()}.yaml`;
    const { status, body } = await call('platform', '/api/catalog/locations', {
      body: { type: 'url', target },
    });
    expect(status).toBe(201);
    try {
      return await use(body.location.id, target);
    } finally {
      await call('platform', `/api/catalog/locations/${body.location.id}`, {
        method: 'DELETE',
      });
    }
  }

  return {
    'read-entity': ask('/api/catalog/entities/by-name/component/default/shop'),
    'refresh-entity': ask('/api/catalog/refresh', { entityRef: SHOP }),
    async 'delete-entity'(who) {
      const ref = spareOf(isPerson(who) ? who : PERSONS[0]);
      const [, name] = ref.split('/');
      const { body } = await call(
        'platform',
        `/api/catalog/entities/by-name/component/default/${name}`,
      );
      return allowed(
        await call(who, `/api/catalog/entities/by-uid/${body.metadata.uid}`, {
          method: 'DELETE',
        }),
      );
    },
    async 'register-location'(who) {
      const answer = await call(who, '/api/catalog/locations', {
        body: {
          type: 'url',
          target: `https://example.com/${crypto.randomUUID()}.yaml`,
        },
      });
      return allowed(answer);
    },
    'read-locations': who =>
      withLocation(async (id, target) => {
        const list = await call(who, '/api/catalog/locations');
        const one = await call(who, `/api/catalog/locations/${id}`);
        const listed =
          list.status === 200 && JSON.stringify(list.body).includes(target);
        const query = await call(who, '/api/catalog/locations/by-query', {
          body: {},
        });
        const queried =
          query.status === 200 && JSON.stringify(query.body).includes(target);
        if (query.status === 200 && !queried) {
          expect(query.body).toMatchObject({ items: [], totalItems: 0 });
        }
        expect(allowed(one)).toBe(listed ? 'y' : '-');
        expect(queried).toBe(listed);
        return listed ? 'y' : '-';
      }),
    'delete-location': who =>
      withLocation(async id =>
        allowed(
          await call(who, `/api/catalog/locations/${id}`, { method: 'DELETE' }),
        ),
      ),
    'analyze-location': ask('/api/catalog/analyze-location', {
      location: { type: 'url', target: 'https://example.com/a/b' },
    }),
    'validate-entity': ask('/api/catalog/validate-entity', {
      location: 'url:https://example.com/catalog-info.yaml',
      entity: {
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Group',
        metadata: { name: 'valid' },
        spec: { type: 'squad', children: [] },
      },
    }),

    async 'list-templates'(who) {
      const all = await call(who, '/api/catalog/entities?filter=kind=template');
      const paged = await call(
        who,
        '/api/catalog/entities/by-query?filter=kind=template&limit=1',
      );
      const names = namesOf(all, all.body);
      if (all.status === 200) {
        expect(paged.body.totalItems).toBe(names.length);
        // The next page, too, keeps to what is allowed
        const rest = await call(
          who,
          `/api/catalog/entities/by-query?limit=10&cursor=${paged.body.pageInfo.nextCursor}`,
        );
        expect(
          [
            ...namesOf(paged, paged.body.items),
            ...namesOf(rest, rest.body.items),
          ].sort(),
        ).toEqual(names);
        const byRefs = await call(who, '/api/catalog/entities/by-refs', {
          body: { entityRefs: [KEPT_TEMPLATE] },
        });
        expect(byRefs.body.items[0] !== null).toBe(names.includes('kept'));
      }
      return extentOf(names);
    },
    async 'count-templates'(who) {
      const { status, body } = await call(
        who,
        '/api/catalog/entity-facets?filter=kind=template&facet=metadata.name&facet=kind',
      );
      if (status === 401 || status === 403) {
        return '-';
      }
      const names = body.facets['metadata.name']
        .map((f: any) => f.value)
        .sort();
      expect(body.facets.kind[0].count).toBe(names.length);
      return extentOf(names);
    },
    async 'find-templates'(who) {
      const search = async (person: Column) =>
        call(
          person,
          '/api/search/query?term=&types[0]=software-catalog&filters[kind]=Template',
        );
      await until('the search index is filled', async () => {
        const { body } = await search('platform');
        return body.results?.length === TEMPLATES.length ? true : undefined;
      });
      const { status, body } = await search(who);
      if (status === 401 || status === 403) {
        return '-';
      }
      const names = body.results
        .map((result: any) => result.document.location.split('/').pop())
        .sort();
      if (names.length < TEMPLATES.length) {
        expect(body.numberOfResults).toBeUndefined();
      }
      return extentOf(names);
    },
    'read-kept': ask('/api/catalog/entities/by-name/template/default/kept'),
    'ancestry-kept': ask(
      '/api/catalog/entities/by-name/template/default/kept/ancestry',
    ),
    'docs-kept': ask(
      '/api/techdocs/static/docs/default/template/kept/index.html',
    ),
    'form-open': ask(
      '/api/scaffolder/v2/templates/default/template/open/parameter-schema',
    ),
    'form-kept': ask(
      '/api/scaffolder/v2/templates/default/template/kept/parameter-schema',
    ),
    async 'form-page-kept'(who) {
      const { body } = await call(
        who,
        '/api/scaffolder/v2/templates/default/template/open/parameter-schema',
      );
      const titles = (body.steps ?? []).map((step: any) => step.title);
      return titles.includes('For the platform') ? 'y' : '-';
    },

    'run-open': async who => allowed(await start(who, OPEN_TEMPLATE)),
    'run-kept': async who => allowed(await start(who, KEPT_TEMPLATE, {})),
    async 'run-step-kept'(who) {
      const { status, body } = await start(who, OPEN_TEMPLATE);
      if (status !== 201) {
        return allowed({ status, body });
      }
      const task = await end(who, body.id);
      expect(task.status).toBe('completed');
      const ids = task.spec.steps.map((step: any) => step.id);
      expect(ids).toEqual(expect.arrayContaining(['say', 'wait']));
      return ids.includes('extra') ? 'y' : '-';
    },
    'dry-run': ask('/api/scaffolder/v2/dry-run', {
      template: {
        apiVersion: 'scaffolder.backstage.io/v1beta3',
        kind: 'Template',
        metadata: { name: 'mine' },
        spec: {
          type: 'service',
          steps: [{ id: 'say', action: 'debug:log', input: { message: 'x' } }],
        },
      },
      values: {},
      directoryContents: [],
    }),
    async 'list-runs'(who) {
      const { status, body } = await call(
        who,
        '/api/scaffolder/v2/tasks?limit=1000',
      );
      if (status === 401 || status === 403) {
        return '-';
      }
      expect(status).toBe(200);
      expect(body.totalTasks).toBe(body.tasks.length);
      const ids = body.tasks.map((task: any) => task.id);
      if ([...runsOf.values()].every(id => ids.includes(id))) {
        return 'a';
      }
      expect(
        body.tasks.every(
          (task: any) => task.createdBy === `user:default/${who}`,
        ),
      ).toBe(true);
      // Asked for by name, too, the runs of others are not there
      const others = await call(
        who,
        `/api/scaffolder/v2/tasks?createdBy=user:default/${
          who === 'engineer' ? 'other-engineer' : 'engineer'
        }`,
      );
      expect(others.body).toMatchObject({ tasks: [], totalTasks: 0 });
      return 'm';
    },
    'read-foreign-run': ofForeignRun(''),
    'log-of-foreign-run': async who => {
      const polled = await ofForeignRun('/events')(who);
      const streamed = await ofForeignRun('/eventstream')(who);
      expect(streamed).toBe(polled);
      return polled;
    },
    async 'cancel-own-run'(who) {
      const own = await longRun(who);
      return allowed(await cancel(who, ownOr(own, who)));
    },
    async 'cancel-foreign-run'(who) {
      const owner = who === 'engineer' ? 'other-engineer' : 'engineer';
      const taskId = (await longRun(owner))!;
      try {
        return allowed(await cancel(who, taskId));
      } finally {
        await cancel(owner, taskId);
      }
    },
    async 'retry-own-run'(who) {
      const own = await failedRun(who);
      return allowed(
        await call(who, `/api/scaffolder/v2/tasks/${ownOr(own, who)}/retry`, {
          body: {},
        }),
      );
    },
    async 'retry-foreign-run'(who) {
      const owner = who === 'engineer' ? 'other-engineer' : 'engineer';
      const taskId = (await failedRun(owner))!;
      return allowed(
        await call(who, `/api/scaffolder/v2/tasks/${taskId}/retry`, {
          body: {},
        }),
      );
    },
    'check-answers': ask(
      '/api/scaffolder/golden-path/checks?description=A%20shop',
    ),
    'result-of-foreign-run': who =>
      call(who, `/api/scaffolder/golden-path/runs/${foreignRun(who)}`).then(
        allowed,
      ),
    async 'undo-own-run'(who) {
      const own = await failedRun(who);
      return allowed(
        await call(
          who,
          `/api/scaffolder/golden-path/runs/${ownOr(own, who)}/undo`,
          { method: 'POST' },
        ),
      );
    },
    ...(await createScorecardProbes(portal)),
    'read-event': ask(`/api/golden-paths/events?entityRef=${SHOP}`),
    'read-event-kept': ask(
      `/api/golden-paths/events?entityRef=${KEPT_TEMPLATE}`,
    ),
    'push-event': report(SHOP),
    'push-foreign-event': report(TOOL),
    async 'read-credential'(who) {
      const lists = await Promise.all([
        call(who, `/api/ci-credentials/credentials?entityRef=${SHOP}`),
        call(who, '/api/ci-credentials/credentials'),
      ]);
      const found = lists.map(({ status, body }) => {
        if (status !== 200) {
          return '-';
        }
        if (body.items.length === 0) {
          expect(body).toEqual({ items: [], totalItems: 0 });
          return '-';
        }
        expect(body.items).toContainEqual(
          expect.objectContaining({ source: PIPELINE, entityRefs: [SHOP] }),
        );
        expect(JSON.stringify(body)).not.toContain('"token"');
        return 'y';
      });
      expect(found[0]).toBe(found[1]);
      return found[0];
    },
    'create-credential': async who => allowed(await makeCredential(who, SHOP)),
    'create-foreign-credential': async who =>
      allowed(await makeCredential(who, SHOP, TOOL)),
    async 'revoke-credential'(who) {
      const { body } = await makeCredential('platform', SHOP);
      return allowed(
        await call(
          who,
          `/api/ci-credentials/credentials/${body.credential.id}/revoke`,
          { body: {} },
        ),
      );
    },
    'read-unmatched-events': permission('golden-paths.unmatched.read', 'read'),
    'read-reports': permission('golden-paths.report.read', 'read'),
    'operate-pipeline': permission(
      'forge-runner.pipeline.operate',
      'update',
      SHOP,
    ),
    'decide-deviation': permission('golden-paths.deviation.decide', 'update'),
    'create-ticket': permission('golden-paths.ticket.create', 'create'),
    'manage-tickets': permission('golden-paths.ticket.manage', 'update'),
    'manage-history': permission('golden-paths.history.manage', 'update'),
    'read-anything-else': permission('weather.forecast.read', 'read', SHOP),
    'anything-else': permission('weather.forecast.order', 'create', SHOP),
    async 'undo-foreign-run'(who) {
      const owner = who === 'engineer' ? 'other-engineer' : 'engineer';
      const taskId = (await failedRun(owner))!;
      return allowed(
        await call(who, `/api/scaffolder/golden-path/runs/${taskId}/undo`, {
          method: 'POST',
        }),
      );
    },
  };
}

function isPerson(who: Column): who is Person {
  return PERSONS.some(person => person === who);
}

function namesOf(answer: Answer, entities: any): string[] {
  return answer.status === 200
    ? entities.map((entity: any) => entity.metadata.name).sort()
    : [];
}

function extentOf(names: string[]): string {
  const text = names.join();
  if (text === TEMPLATES.join()) {
    return 'a';
  }
  if (text === OPEN_TEMPLATES.join()) {
    return 'o';
  }
  if (text === '') {
    return '-';
  }
  throw new Error(`Unexpected templates: ${text}`);
}
