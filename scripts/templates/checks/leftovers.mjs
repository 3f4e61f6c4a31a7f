import { execFileSync } from 'node:child_process';
import { assertNone } from '../lib/reporter.mjs';

/** Nothing of the template, of the portal or of this machine stays in the files. */
export async function checkLeftovers({ answers, files, portal, reporter }) {
  const { description } = answers.values;

  await reporter.check('no template braces left over', () => {
    const problems = [];
    // Braces of the description belong there, however the file escapes them
    const generated = files.paths.filter(path => !path.startsWith('.waymark/'));
    for (const path of generated) {
      const lines = files.text(path).split('\n');
      const isWorkflow = path.startsWith('.github/workflows/');
      for (const [index, line] of lines.entries()) {
        const own = line
          .replaceAll(JSON.stringify(description).slice(1, -1), '')
          .replaceAll(description, '')
          .replaceAll(description.replaceAll("'", "'\\''"), '')
          .replace(/^\*\*[^*]+\*\*: .*$/, '');
        const found = isWorkflow
          ? /\bvalues\./.exec(own)
          : /\$\{\{|\{%|\{#|\bundefined\b|\[object Object\]/.exec(own);
        if (found && !isOwnWord(path, found[0])) {
          problems.push(`${path}:${index + 1}: ${line.trim()}`);
        }
      }
    }
    assertNone(problems);
  });

  await reporter.check(
    'no secret of the portal and no registry of this machine',
    () =>
      assertNone(
        files.paths.flatMap(path => {
          const text = files.text(path);
          return [
            ...(text.includes(portal.forgePassword)
              ? [`${path} holds the password of the forge`]
              : []),
            ...(path === 'package-lock.json' && text.includes('"resolved"')
              ? [`${path} says where packages were fetched from`]
              : []),
          ];
        }),
      ),
  );

  await reporter.check(
    'waymark-template is what was generated, main adds where it came from',
    () => {
      const changed = execFileSync(
        'git',
        ['diff', '--name-only', 'origin/waymark-template', 'origin/main'],
        { cwd: files.directory, encoding: 'utf8' },
      );
      if (changed.trim() !== '.waymark/golden-path.yaml') {
        throw new Error(`they differ in ${changed.trim() || 'nothing'}`);
      }
    },
  );

  await reporter.check('the description lands word for word', () => {
    const found = {
      'catalog-info.yaml':
        files.yaml('catalog-info.yaml')[0].metadata.description,
      'mkdocs.yml': files.yaml('mkdocs.yml')[0].site_description,
      'openapi.yaml': files.yaml('openapi.yaml')[0].info.description,
      'slo/service.yaml': files.yaml('slo/service.yaml')[0].spec.description,
      'package.json': files.json('package.json').description,
      'README.md': unescapeMarkdown(files.text('README.md')),
      'docs/index.md': unescapeMarkdown(files.text('docs/index.md')),
    };
    assertNone(
      Object.entries(found)
        .filter(([, text]) => text !== description)
        .map(([path, text]) => `${path} says ${text}`),
    );
  });
}

/** `undefined` is a word of TypeScript. */
function isOwnWord(path, word) {
  return word === 'undefined' && /\.(ts|js|mjs)$/.test(path);
}

/** Reads the first paragraph, `**name**: text`, as a Markdown reader does. */
function unescapeMarkdown(source) {
  const entities = { amp: '&', lt: '<', gt: '>', '#124': '|', '#126': '~' };
  return /^\*\*[^*]+\*\*: (.*)$/m
    .exec(source)?.[1]
    .replaceAll(
      /\\([!-/:-@[-`{-~])|&(#?\w+);/g,
      (whole, escaped, entity) => escaped ?? entities[entity] ?? whole,
    );
}
