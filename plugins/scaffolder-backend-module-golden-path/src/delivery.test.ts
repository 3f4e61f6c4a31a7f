import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mockCredentials, TestDatabases } from '@backstage/backend-test-utils';
import { git, withCredentials } from '@waymark/backend-test-support';
// What it makes of runs and repositories is the matter here; no part of this module
// is in it
// eslint-disable-next-line @backstage/no-mixed-plugin-imports
import goldenPaths from '@waymark/plugin-golden-paths-backend';
import {
  FORGE_PASSWORD,
  GoldenPathBackend,
  startGoldenPathBackend,
} from './__testUtils__/startGoldenPathBackend';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const LEFT_OUT = [
  { part: 'notes', reason: 'They are: kept "elsewhere" # really' },
  { part: 'delivery', reason: 'Needs Notes, which is left out.' },
];
const SERVICE = 'component:default/orders-api';

describe.each(databases.eachSupportedId())(
  'what becomes of a run on %s',
  id => {
    let backend: GoldenPathBackend;
    let taskId: string;
    let folder: string;

    beforeAll(async () => {
      backend = await startGoldenPathBackend({
        on: { databases, id },
        features: [goldenPaths],
      });
      taskId = await backend.start({
        name: 'orders-api',
        owner: 'group:default/payments',
        description: 'Takes orders',
        leftOut: LEFT_OUT,
      });
      await backend.end(taskId);
      await mkdir(join(backend.directory, 'clones'));
      folder = join(backend.directory, 'clones/orders-api');
      await git(
        backend.directory,
        'clone',
        '--quiet',
        withCredentials(
          `${backend.forgeUrl}/payments/orders-api.git`,
          FORGE_PASSWORD,
        ),
        folder,
      );
    });
    afterAll(async () => {
      await backend?.stop();
    });

    const events = async (entityRef = SERVICE) => {
      const { body } = await backend.call(
        `/api/golden-paths/events?entityRef=${entityRef}`,
      );
      return body.items.map((item: any) => ({
        type: /^dev\.cdevents\.(.+)\.\d+\.\d+\.\d+$/.exec(item.type)?.[1],
        observed: item.observed,
        subject: item.subjectId,
        outcome: item.data.subject.content.outcome,
      }));
    };
    const deviations = async (query = '') => {
      const { body } = await backend.call(
        `/api/golden-paths/deviations?entityRef=${SERVICE}${query}`,
      );
      return body.items.map(({ path, kind, state, reason }: any) => ({
        path,
        kind,
        state,
        reason,
      }));
    };
    const decide = (deviationId: string, decision: string, body: object) =>
      backend.call(`/api/golden-paths/deviations/${deviationId}/${decision}`, {
        method: 'POST',
        body: JSON.stringify(body),
      });
    const push = async (message: string) => {
      await git(folder, 'add', '--all');
      await git(folder, 'commit', '--quiet', '--message', message);
      await git(folder, 'push', '--quiet');
    };
    const version = async (token: string) => {
      const response = await fetch(
        `${backend.baseUrl}/api/scaffolder/golden-path/version?template=template:default/demo`,
        { headers: { authorization: token } },
      );
      return { status: response.status, body: await response.json() };
    };

    it('becomes events of the service, each once', async () => {
      const repository = `${backend.forgeUrl}/payments/orders-api`;
      await backend.until('the events are there', async () =>
        (await events()).length >= 3 ? true : undefined,
      );
      expect(await events()).toEqual(
        expect.arrayContaining([
          {
            type: 'pipelinerun.started',
            observed: true,
            subject: taskId,
          },
          { type: 'repository.created', observed: true, subject: repository },
          {
            type: 'pipelinerun.finished',
            observed: true,
            subject: taskId,
            outcome: 'success',
          },
        ]),
      );
      expect(await events()).toHaveLength(3);
    });

    it('says which version of the path a run would render, to other plugins', async () => {
      const provenance = await readFile(
        join(folder, '.waymark/golden-path.yaml'),
        'utf8',
      );
      const { status, body } = await version(
        mockCredentials.service.header({
          onBehalfOf: mockCredentials.service('plugin:golden-paths'),
          targetPluginId: 'scaffolder',
        }),
      );
      expect([status, body]).toEqual([
        200,
        {
          templateRef: 'template:default/demo',
          version: /^version: (.+)$/m.exec(provenance)?.[1],
          layers: [
            { name: 'ci', version: '1.2.0' },
            { name: 'catalog', version: '2.0.0' },
          ],
          changes: { path: [], layers: { ci: [], catalog: [] } },
          files: [{ path: 'ci/slow', policy: 'once' }],
          parts: [
            { name: 'notes', title: 'Notes', needs: [], files: ['notes/**'] },
            {
              name: 'delivery',
              title: 'Delivery',
              needs: ['notes'],
              files: [],
            },
          ],
        },
      ]);
      expect((await version(mockCredentials.user.header())).status).toBe(403);
    });

    it('finds what was left out, what was changed that has to stay, and who lets it be', async () => {
      const leftOut = LEFT_OUT.map(({ part, reason }) => ({
        path: `part:${part}`,
        kind: 'left-out',
        state: 'requested',
        reason,
      }));
      await backend.until('what is left out is known', async () =>
        (await deviations()).length === 2 ? true : undefined,
      );
      expect(await deviations()).toEqual(expect.arrayContaining(leftOut));
      await mkdir(join(folder, 'notes'));
      await writeFile(join(folder, 'notes/own.md'), 'In place of them\n');

      await writeFile(join(folder, 'ci/test'), '#!/bin/sh\ntrue\n');
      await rm(join(folder, '.github/workflows/ci.yaml'));
      await writeFile(join(folder, 'README.md'), 'Ours\n');
      await push('Test nothing');
      const changed = { path: 'ci/test', kind: 'changed' };
      const missing = { path: '.github/workflows/ci.yaml', kind: 'missing' };
      await backend.until('both are found', async () =>
        (await deviations()).length === 4 ? true : undefined,
      );
      expect(await deviations()).toEqual(
        expect.arrayContaining([
          ...leftOut,
          { ...changed, state: 'unjustified' },
          { ...missing, state: 'unjustified' },
        ]),
      );

      const file = join(folder, '.waymark/golden-path.yaml');
      const provenance = await readFile(file, 'utf8');
      await writeFile(
        file,
        provenance.replace(
          /^deviations:\n/m,
          '$&  - { path: ci/test, reason: Tested elsewhere }\n  - { path: ../x, reason: Out }\n',
        ),
      );
      await push('Say why');
      const { body: list } = await backend.until(
        'it is asked for',
        async () => {
          const answer = await backend.call(
            `/api/golden-paths/deviations?state=requested`,
          );
          return answer.body.items.length === 3 ? answer : undefined;
        },
      );
      const { id: deviationId } = list.items.find(
        ({ path }: any) => path === 'ci/test',
      );
      expect(list.items).toContainEqual(
        expect.objectContaining({ part: 'notes', kind: 'left-out' }),
      );

      const inAMonth = new Date(Date.now() + 30 * 86_400_000).toISOString();
      const refusals = await Promise.all([
        decide(deviationId, 'approve', {}),
        decide(deviationId, 'approve', { expiresAt: '2020-01-01T00:00:00Z' }),
        decide(deviationId, 'approve', { expiresAt: '2999-01-01T00:00:00Z' }),
        decide(deviationId, 'deny', {}),
        decide(deviationId, 'revoke', { comment: 'No' }),
        decide('0'.repeat(32), 'approve', { expiresAt: inAMonth }),
      ]);
      expect(refusals.map(({ status }) => status)).toEqual([
        400, 400, 400, 400, 409, 404,
      ]);
      const approved = await decide(deviationId, 'approve', {
        expiresAt: inAMonth,
        comment: 'Until the new runner',
      });
      expect(approved).toMatchObject({
        status: 200,
        body: {
          state: 'approved',
          reason: 'Tested elsewhere',
          decidedBy: 'user:default/mock',
          expiresAt: inAMonth,
        },
      });
      expect(await deviations('&state=unjustified')).toEqual([
        { ...missing, state: 'unjustified' },
      ]);

      await decide(deviationId, 'revoke', { comment: 'The runner is there' });
      const { body: history } = await backend.call(
        `/api/golden-paths/deviations/${deviationId}/decisions`,
      );
      expect(history.items).toMatchObject([
        { decision: 'revoke', comment: 'The runner is there' },
        { decision: 'approve', decidedBy: 'user:default/mock' },
      ]);

      await git(folder, 'checkout', '--quiet', 'HEAD~2', '--', 'ci', '.github');
      const files = provenance.indexOf('\nfiles:');
      await writeFile(
        file,
        (
          provenance.slice(0, provenance.indexOf('\ndeviations:')) +
          provenance.slice(files)
        ).replace(/^ {2}leftOut:\n(?: {4}.*\n)+/m, ''),
      );
      expect(await readFile(file, 'utf8')).not.toContain('elsewhere');
      await push('As it was, as if nothing were left out');
      await backend.until('only what the run left out differs', async () =>
        (
          await deviations()
        ).every(({ kind, reason }: any) => kind === 'left-out' && !reason)
          ? true
          : undefined,
      );
      expect(await deviations()).toEqual(
        expect.arrayContaining(
          leftOut.map(item => ({
            ...item,
            state: 'unjustified',
            reason: undefined,
          })),
        ),
      );
      expect(await deviations()).toHaveLength(2);
    });
  },
);
