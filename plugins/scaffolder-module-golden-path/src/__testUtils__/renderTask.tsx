import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import scaffolderPlugin from '@backstage/plugin-scaffolder/alpha';
import { scaffolderApiRef } from '@backstage/plugin-scaffolder-react';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { goldenPathApiRef, type GoldenPathRun } from '../api';
import { TasksPage } from '../run/TasksPage';
import { createFakeBackend } from './fakeBackend';

const BEGINNING = Date.parse('2026-01-01T00:00:00Z');

/** Of the form of its template. */
const FIELDS = {
  leftOut: {
    items: {
      properties: {
        part: { oneOf: [{ const: 'docs', title: 'Documentation' }] },
      },
    },
  },
};

/** What the run made. */
export const REPOSITORY = 'http://portal/api/forge/payments/ledger';

/** The page of a run that stopped, over a backend of which the test says what it answers. */
export function renderTask(
  options: {
    status?: string;
    action?: string;
    run?: Partial<GoldenPathRun> | null;
    retry?: { status: number; body: unknown };
    undo?: { status?: number; body: unknown };
    task?: { status: number; body: unknown };
    /** Of the log; each is given a number and, unless it has one, a moment. */
    events?: Array<{ type: string; createdAt?: string; body: object }>;
    /** To the form, beside the name. */
    answers?: object;
    /** Of the page's address. */
    hash?: string;
    /** Names of the permissions that the reader lacks. */
    denied?: string[];
  } = {},
) {
  const state = { status: options.status ?? 'failed' };
  const run = {
    taskId: 'abc',
    status: state.status,
    created: [{ kind: 'repository', url: REPOSITORY, state: 'created' }],
    proposed: [],
    undo: { possible: true },
    ...options.run,
  };
  const requests: string[] = [];
  const events = (
    options.events ?? [
      { type: 'log', body: { stepId: 'old', status: 'failed' } },
      { type: 'recovered', body: {} },
      { type: 'log', body: { stepId: 'publish', status: state.status } },
      {
        type: 'completion',
        body: { error: { message: 'ConflictError: name: ledger is taken' } },
      },
    ]
  ).map((event, index) => ({
    id: index + 1,
    taskId: 'abc',
    // One second apart
    createdAt: new Date(BEGINNING + 1000 * index).toISOString(),
    ...event,
  }));
  const { goldenPathApi, scaffolderApi } = createFakeBackend(
    ({ url, method }) => {
      const path = url.pathname.replace('/api/scaffolder', '');
      requests.push(`${method} ${path}`);
      switch (`${method} ${path}`) {
        case 'GET /v2/tasks/abc':
          return (
            options.task ?? {
              body: {
                id: 'abc',
                status: state.status,
                createdAt: new Date(BEGINNING).toISOString(),
                spec: {
                  templateInfo: {
                    entityRef: 'template:default/node-api',
                  },
                  parameters: { name: 'ledger & co', ...options.answers },
                  steps: [
                    {
                      id: 'check',
                      name: 'Check the answers',
                      action: options.action ?? 'golden-path:check',
                    },
                    {
                      id: 'publish',
                      name: 'Create the repository',
                      action: options.action ?? 'golden-path:publish',
                    },
                  ],
                },
              },
            }
          );
        case 'GET /v2/templates/default/template/node-api/parameter-schema':
          return {
            body: {
              title: 'Node API',
              steps: [{ title: 'More', schema: { properties: FIELDS } }],
            },
          };
        case 'GET /v2/tasks/abc/events':
          return { body: events };
        case 'GET /v2/tasks/abc/eventstream':
          return { events };
        case 'POST /v2/tasks/abc/cancel':
          return { body: { status: 'cancelled' } };
        case 'GET /golden-path/runs/abc':
          return options.run === null ? undefined : { body: run };
        case 'POST /golden-path/runs/abc/undo':
          return options.undo;
        case 'POST /v2/tasks/abc/retry':
          if (!options.retry) {
            state.status = 'processing';
          }
          return options.retry ?? { status: 201, body: { id: 'abc' } };
        default:
          return undefined;
      }
    },
  );
  renderInTestApp(<TasksPage />, {
    mountPath: '/create/tasks',
    mountedRoutes: {
      '/create': scaffolderPlugin.routes.root,
      '/catalog/:namespace/:kind/:name': entityRouteRef,
    },
    initialRouteEntries: [`/create/tasks/abc${options.hash ?? ''}`],
    apis: [
      [goldenPathApiRef, goldenPathApi],
      [
        permissionApiRef,
        mockApis.permission({
          authorize: ({ permission }) =>
            options.denied?.includes(permission.name)
              ? AuthorizeResult.DENY
              : AuthorizeResult.ALLOW,
        }),
      ],
      [scaffolderApiRef, scaffolderApi],
    ],
  });
  return { user: userEvent.setup(), requests };
}

/** The panel above it. */
export const findPanel = () =>
  screen.findByRole('region', { name: /This run/ });
