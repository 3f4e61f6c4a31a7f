import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { JsonObject } from '@backstage/types';
import { PostgresServer } from '../__testUtils__/PostgresServer';
import { database } from './database';
import { rootHealth } from './rootHealth';

jest.setTimeout(120_000);

async function startBackend(settings: JsonObject) {
  const messages: string[] = [];
  const note = (message: string) => messages.push(message);
  const logger = mockServices.rootLogger.mock({
    info: note,
    warn: note,
    error: note,
  });
  logger.child.mockReturnValue(logger);

  const backend = await startTestBackend({
    features: [
      mockServices.rootConfig.factory({
        data: {
          backend: {
            baseUrl: 'http://localhost',
            database: settings,
          },
        },
      }),
      logger.factory,
      rootHealth,
      database,
      // Keeps something, as plugins do
      createBackendPlugin({
        pluginId: 'library',
        register(env) {
          env.registerInit({
            deps: { shelves: coreServices.database },
            async init({ shelves }) {
              await (await shelves.getClient()).raw('SELECT 1');
            },
          });
        },
      }),
    ],
  });
  const ask = async (what: 'liveness' | 'readiness') => {
    const started = Date.now();
    const response = await fetch(
      `http://127.0.0.1:${backend.server.port()}/.backstage/health/v1/${what}`,
    );
    return {
      status: response.status,
      text: await response.text(),
      ms: Date.now() - started,
    };
  };
  return {
    messages,
    ask,
    async until(status: number) {
      const end = Date.now() + 20_000;
      for (;;) {
        const answer = await ask('readiness');
        if (answer.status === status) {
          return answer;
        }
        if (Date.now() > end) {
          throw new Error(`Still ${answer.status} ${answer.text}`);
        }
        await new Promise(resolve => setTimeout(resolve, 100));
      }
    },
    stop: () => backend.stop(),
  };
}

describe('rootHealth', () => {
  it('tells when PostgreSQL goes away and when it is back', async () => {
    const postgres = await PostgresServer.create();
    const { connection } = postgres;
    const backend = await startBackend({
      client: 'pg',
      connection,
      pluginDivisionMode: 'schema',
    });
    try {
      expect(await backend.ask('readiness')).toMatchObject({
        status: 200,
        text: '{"status":"ok"}',
      });

      await postgres.stop();
      const away = await backend.until(503);
      expect(JSON.parse(away.text)).toEqual({
        status: 'error',
        message: expect.stringMatching(
          /^The database (cannot be reached( \([A-Z0-9]+\))?|does not answer in time)$/,
        ),
      });
      expect(await backend.ask('liveness')).toMatchObject({ status: 200 });

      await postgres.start();
      await backend.until(200);
      expect(
        backend.messages.filter(message => /database answers/.test(message)),
      ).toEqual(['The database answers again']);
      // Nothing that an outside reader or the log should have
      const said = [away.text, ...backend.messages].join('\n');
      expect(said).toMatch(/The database/);
      expect(said).not.toContain(connection.password);
    } finally {
      await backend.stop();
      await postgres.remove();
    }
  });

  it('answers in time when the server no longer does', async () => {
    const postgres = await PostgresServer.create();
    const backend = await startBackend({
      client: 'pg',
      connection: postgres.connection,
      pluginDivisionMode: 'schema',
    });
    try {
      expect(await backend.ask('readiness')).toMatchObject({ status: 200 });
      postgres.freeze();
      // What was found a moment before holds for a second
      const frozen = await backend.until(503);
      expect(frozen.text).toContain('does not answer in time');
      expect(frozen.ms).toBeLessThan(4000);
      // However many ask, the server is asked once
      const many = await Promise.all(
        Array.from({ length: 50 }, () => backend.ask('readiness')),
      );
      expect(many.map(({ status }) => status)).toEqual(Array(50).fill(503));
      postgres.thaw();
      await backend.until(200);
    } finally {
      postgres.thaw();
      await backend.stop();
      await postgres.remove();
    }
  });

  it('asks nobody where the database is a file', async () => {
    const backend = await startBackend({
      client: 'better-sqlite3',
      connection: ':memory:',
    });
    try {
      expect(await backend.ask('readiness')).toMatchObject({ status: 200 });
    } finally {
      await backend.stop();
    }
  });
});
