import { join } from 'node:path';
import { dryRun, readTemplate } from '../lib/dry-run.mjs';
import { copiedPath, templatesIn } from '../lib/own-templates.mjs';
import { assertNone } from '../lib/reporter.mjs';

/** Every template, run without effects as the template editor does. */
export async function checkEditor({ paths, portal, reporter, slots, ...rest }) {
  const section = reporter.section('In the template editor');
  const byName = new Map(paths.map(path => [path.name, path]));
  const names = rest.complete
    ? templatesIn(rest.templates).filter(name => name !== copiedPath.name)
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
  if (rest.complete) {
    const { name, from } = copiedPath;
    await section.check(`${name}, made from ${from}`, async () => {
      const [{ values }] = byName.get(from).matrix;
      const [made, original] = await Promise.all(
        [name, from].map(template =>
          generatedFiles({
            portal,
            templates: rest.templates,
            template,
            values,
          }),
        ),
      );
      assertNone(
        [...new Set([...made.keys(), ...original.keys()])]
          .filter(file => made.get(file) !== original.get(file))
          .map(file => `${file} is another`),
      );
      return `${made.size} files`;
    });
  }
  section.end();
}

/** What a template would make, apart from which template that is. */
async function generatedFiles({ portal, templates, template, values }) {
  const { files } = await dryRun({
    portal,
    values: { ...values, name: 'dry-copy' },
    ...readTemplate(join(templates, template)),
  });
  return new Map(
    files.map(({ path, executable, base64Content }) => [
      path,
      `${executable} ${Buffer.from(base64Content, 'base64')
        .toString()
        .replaceAll(`template:default/${template}`, 'TEMPLATE')
        .replaceAll(/sha256:[0-9a-f]{64}$/gm, 'VERSION')}`,
    ]),
  );
}
