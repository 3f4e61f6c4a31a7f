import type { Entity } from '@backstage/catalog-model';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import {
  ForgeRunnerClient,
  type EntityPipeline,
  type LogPart,
  type PipelineRun,
} from '@waymark/plugin-forge-runner-common';
import type { JsonObject } from '@backstage/types';
import userEvent from '@testing-library/user-event';
import { Route, Routes } from 'react-router-dom';
import { forgeRunnerApiRef } from '../api';
import { entityRouteRef } from '../routes';
import { PipelineTab } from '../tab/PipelineTab';

const BASE = '/api/forge-runner/pipelines/component/default/orders';

export const entity: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'orders', namespace: 'default' },
};

const at = '2026-08-01T10:00:00.000Z';

/** A run of three stages that went well, unless told otherwise. */
export const aRun = (change: Partial<PipelineRun> = {}): PipelineRun => ({
  number: 7,
  state: 'succeeded',
  trigger: 'push',
  commit: { id: 'c0ffee0123', title: 'Say hello', url: '/forge/commit' },
  createdAt: at,
  startedAt: at,
  finishedAt: '2026-08-01T10:01:05.000Z',
  hasBuild: true,
  stages: [
    {
      name: 'test',
      state: 'passed',
      startedAt: at,
      finishedAt: '2026-08-01T10:00:42.000Z',
      hasLog: true,
    },
    {
      name: 'image',
      state: 'not-run',
      reason: 'Needs a container engine',
      hasLog: false,
    },
    { name: 'start', state: 'passed', hasLog: true },
  ],
  ...change,
});

/** A pipeline whose service runs, unless told otherwise. */
export const aPipeline = (
  change: Partial<EntityPipeline> = {},
): EntityPipeline => ({
  entityRef: 'component:default/orders',
  availability: 'ready',
  repository: {
    name: 'team/orders',
    url: 'http://portal/api/forge/team/orders',
    defaultBranch: 'main',
  },
  mayOperate: true,
  service: {
    state: 'running',
    environment: 'staging',
    url: 'http://localhost:4100',
    run: 7,
    rollBackTo: 6,
    hasLog: true,
  },
  runs: [aRun()],
  isolation: { processes: 'namespace', notEnforced: ['Files are shared.'] },
  ...change,
});

/**
 * The tab over a backend that answers with this, on the network.
 *
 * @param options - `logs`: parts of the log that is open, one after the other
 */
export function renderTab(options: {
  pipeline: EntityPipeline;
  address?: string;
  logs?: LogPart[];
  /** Answer to what changes something: a status, without it all is well. */
  refusal?: number;
  /** Of the app. */
  config?: JsonObject;
}) {
  const { pipeline, address = '/', logs = [], refusal } = options;
  const requests: string[] = [];
  const client = new ForgeRunnerClient({
    discoveryApi: {
      getBaseUrl: async pluginId => `http://portal/api/${pluginId}`,
    },
    fetchApi: {
      fetch: async (input, init) => {
        const { pathname } = new URL(String(input));
        const method = init?.method ?? 'GET';
        const path = pathname.replace(BASE, '');
        requests.push(`${method} ${path}`);
        const answer = () => {
          if (method === 'POST' && refusal) {
            return { error: { name: 'ConflictError', message: 'Not now' } };
          }
          return path.endsWith('/log') ? logs.shift() : pipeline;
        };
        return new Response(JSON.stringify(answer()), {
          status: method === 'POST' && refusal ? refusal : 200,
          headers: { 'content-type': 'application/json' },
        });
      },
    },
  });
  renderInTestApp(
    <EntityProvider entity={entity}>
      <Routes>
        <Route path="/*" element={<PipelineTab />} />
      </Routes>
    </EntityProvider>,
    {
      initialRouteEntries: [address],
      mountedRoutes: {
        '/catalog/default/component/orders/pipeline': entityRouteRef,
      },
      config: { backend: { baseUrl: 'http://portal' }, ...options.config },
      apis: [[forgeRunnerApiRef, client]],
    },
  );
  return { requests, user: userEvent.setup() };
}
