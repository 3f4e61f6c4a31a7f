/** Nothing of the template, of the portal or of this machine stays in the files. */
export const leftoverChecks = [
  {
    name: 'holds what the path promises',
    find: ({ files, promised }) =>
      promised
        .filter(file => !files.has(file))
        .map(file => `${file} is missing`),
  },
  {
    name: 'nothing is there of what is left out, and nothing refers to it',
    find: ({ files, absent }) => [
      ...absent.filter(file => files.has(file)),
      ...files.paths
        .filter(path => !path.startsWith('.waymark/'))
        .flatMap(path =>
          absent
            .filter(file => refersTo(withoutComments(path, files), file))
            .map(file => `${path} refers to ${file}`),
        ),
    ],
  },
  {
    name: 'no template braces left over',
    find({ answers, files }) {
      const { description } = answers.values;
      const problems = [];
      // Braces of the description belong there, however the file escapes them
      const generated = files.paths.filter(
        path => !path.startsWith('.waymark/'),
      );
      for (const path of generated) {
        const lines = files.text(path).split('\n');
        const isGithubs = path.startsWith('.github/');
        for (const [index, line] of lines.entries()) {
          const own = line
            .replaceAll(JSON.stringify(description).slice(1, -1), '')
            .replaceAll(description, '')
            .replaceAll(description.replaceAll("'", "'\\''"), '')
            .replace(/^\*\*[^*]+\*\*: .*$/, '');
          const found = isGithubs
            ? /\bvalues\./.exec(own)
            : /\$\{\{|\{%|\{#|\bundefined\b|\[object Object\]/.exec(own);
          if (found && !isOwnWord(path, found[0])) {
            problems.push(`${path}:${index + 1}: ${line.trim()}`);
          }
        }
      }
      return problems;
    },
  },
  {
    name: 'lock files do not say where this machine fetches packages',
    find: ({ files }) =>
      files
        .matching(/(^|\/)package-lock\.json$/)
        .filter(path => files.text(path).includes('"resolved"')),
  },
  {
    name: 'the description lands word for word',
    find({ answers, files, path, parts }) {
      const { description } = answers.values;
      const found = {
        ...path.descriptions(files, parts),
        ...(parts.has('docs')
          ? {
              'README.md': unescapeMarkdown(files.text('README.md')),
              'docs/index.md': unescapeMarkdown(files.text('docs/index.md')),
            }
          : {}),
      };
      return Object.entries(found)
        .filter(([, text]) => text !== description)
        .map(([file, text]) => `${file} says ${text}`);
    },
  },
];

/** What scripts say to their readers may be about reports of other scripts. */
function withoutComments(path, files) {
  const text = files.text(path);
  return path.startsWith('ci/') ? text.replaceAll(/^\s*#.*$/gm, '') : text;
}

/** Whether a text names a file, and not only one whose name ends alike. */
function refersTo(text, file) {
  const name = file.replaceAll(/[.+]/g, '\\$&');
  return new RegExp(`(^|[^\\w./-])(\\./)?${name}($|[^\\w-])`, 'm').test(text);
}

/** `undefined` is a word of JavaScript. */
function isOwnWord(path, word) {
  return word === 'undefined' && /\.(tsx?|jsx?|mjs|cjs)$/.test(path);
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
