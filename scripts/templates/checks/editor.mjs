import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { dryRun, readTemplate } from '../lib/dry-run.mjs';
import { assertNone } from '../lib/reporter.mjs';

/** Every template, run without effects as the template editor does. */
export async function checkEditor({ paths, portal, reporter, slots, ...rest }) {
  const section = reporter.section('In the template editor');
  const byName = new Map(paths.map(path => [path.name, path]));
  const names = rest.complete
    ? readdirSync(rest.templates).filter(name =>
        existsSync(join(rest.templates, name, 'template.yaml')),
      )
    : [...byName.keys()];
  await Promise.all(
    names.map(name =>
      slots.render(() =>
        section.check(name, async () => {
          const path = byName.get(name);
          if (!path) {
            throw new Error(
              `scripts/templates/paths/${name}.mjs has to say with which answers it is tried`,
            );
          }
          const [answers] = path.matrix;
          const { files, log } = await dryRun({
            portal,
            values:
              path.proposes || path.upgrades
                ? answers.values
                : { ...answers.values, name: `dry-${answers.values.name}` },
            ...readTemplate(join(rest.templates, name)),
          });
          const made = new Set(files.map(file => file.path));
          const promised = answers.promised ?? path.promised;
          assertNone(
            promised
              // Where it comes from is known once it is published
              .filter(file => !file.startsWith('.waymark/'))
              .map(file => file.split('/').at(-1))
              .filter(file => ![...made].some(other => other.endsWith(file)))
              .map(file => `${file} is missing\n${log}`),
          );
          return `${made.size} files`;
        }),
      ),
    ),
  );
  section.end();
}
