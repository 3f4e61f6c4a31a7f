import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../lib/run.mjs';

const component = 'component:default/seat-maps';

/**
 * The path `templates/upgrade-golden-path`: tried on what node-api has made, once
 * without anything new, once with a layer that has changed.
 */
export const path = {
  name: 'upgrade-golden-path',
  template: 'template:default/upgrade-golden-path',
  /** What has to be rendered before, and whose example it upgrades. */
  upgrades: 'node-api',
  toolchains: {},
  matrix: [{ title: 'plain answers', values: { component } }],
  promised: [],

  /** Answers that must be refused, and the field to blame. */
  refused: [
    { field: 'component', value: undefined },
    { field: 'component', value: 'seat maps' },
    { field: 'component', value: 'group:default/ticketing' },
    { field: 'component', value: 'component:default/nobody-knows-it' },
    { field: 'componnent', value: component },
  ],

  async test({ portal, reporter, templates, scratch }) {
    const section = reporter.section('upgrade-golden-path: of seat-maps');
    const upgrade = async () => {
      const id = await portal.runTemplate({
        template: path.template,
        values: { component },
      });
      const task = await portal.waitForTask(id, { timeoutMs: 300_000 });
      if (task.status !== 'completed') {
        throw new Error(`${task.status}: ${task.error?.message}`);
      }
      return task.output;
    };

    await section.check(
      'has nothing to propose as long as nothing is new',
      async () => {
        const { changeUrl } = await upgrade();
        if (changeUrl) {
          throw new Error(`it proposes ${changeUrl}`);
        }
      },
    );

    const layer = join(templates, 'layers/kubernetes');
    const file = 'deploy/base/deployment.yaml';
    const location = join(layer, 'content', file);
    const original = readFileSync(location, 'utf8');
    await section.check(
      'proposes what has changed in a layer, and no more',
      async () => {
        try {
          writeFileSync(
            location,
            original.replace(
              'revisionHistoryLimit: 3',
              'revisionHistoryLimit: 4',
            ),
          );
          const { branch, conflicts } = await upgrade();
          const directory = join(scratch, 'seat-maps');
          const git = (...args) => run('git', args, { cwd: directory });
          await git('fetch', '--quiet', 'origin', branch);
          const changed = (
            await git('diff', '--name-only', 'origin/main', 'FETCH_HEAD')
          )
            .trim()
            .split('\n');
          // Both name the version
          const wanted = [
            '.waymark/golden-path.yaml',
            'catalog-info.yaml',
            file,
          ];
          if (changed.join() !== wanted.join() || conflicts.length > 0) {
            throw new Error(
              `it changes ${changed.join(', ')}; in conflict: ${
                conflicts.join(', ') || 'nothing'
              }`,
            );
          }
          return changed.join(', ');
        } finally {
          writeFileSync(location, original);
        }
      },
    );
    section.end();
  },
};
