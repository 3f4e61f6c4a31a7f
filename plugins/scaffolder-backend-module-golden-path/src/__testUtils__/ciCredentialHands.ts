import {
  coreServices,
  createBackendModule,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { createDecipheriv, scryptSync } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Knex } from 'knex';

/** What a test does behind the backs of the plugins. */
export class CiCredentialHands {
  /** The database of the CI credentials. */
  knex!: Knex;
  /** That of the scaffolder. */
  scheduler!: SchedulerService;

  readonly features = [
    createBackendModule({
      pluginId: 'ci-credentials',
      moduleId: 'test-hands',
      register: env => {
        env.registerInit({
          deps: { database: coreServices.database },
          init: async ({ database }) => {
            this.knex = await database.getClient();
          },
        });
      },
    }),
    createBackendModule({
      pluginId: 'scaffolder',
      moduleId: 'test-hands',
      register: env => {
        env.registerInit({
          deps: { scheduler: coreServices.scheduler },
          init: async ({ scheduler }) => {
            this.scheduler = scheduler;
          },
        });
      },
    }),
  ];

  /** The credentials issued for a repository, the oldest first. */
  async rows(url: string): Promise<
    Array<{
      id: string;
      expires_at: string;
      revoked_at: string | null;
      revoke_reason: string | null;
    }>
  > {
    return this.knex('ci_credentials')
      .where({ issue_key: url.toLowerCase() })
      .orderBy('created_at');
  }
}

/** What the forge keeps under a name, as what runs pipelines would read it. */
export async function readForgeSecret(options: {
  /** The folder of the repositories. */
  directory: string;
  password: string;
  repositoryId: number;
  name: string;
}): Promise<string> {
  const { directory, password, repositoryId, name } = options;
  const folder = join(directory, '.secrets');
  const file = JSON.parse(
    await readFile(join(folder, `${repositoryId}.json`), 'utf8'),
  );
  const { iv, tag, data } = file[name];
  const key = scryptSync(password, await readFile(join(folder, 'salt')), 32);
  const decipher = createDecipheriv(
    'aes-256-gcm',
    key,
    Buffer.from(iv, 'base64'),
  );
  decipher.setAAD(Buffer.from(`${repositoryId}/${name}`));
  decipher.setAuthTag(Buffer.from(tag, 'base64'));
  return decipher.update(data, 'base64', 'utf8') + decipher.final('utf8');
}
