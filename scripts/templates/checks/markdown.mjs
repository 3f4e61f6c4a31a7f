import { dirname, join } from 'node:path';
import { anchors, localLinks, navPages } from '../../lib/docs/markdown.mjs';

/** Pages: where they lead, what they tell people to type. */
export const markdownChecks = [
  {
    name: 'links in the pages lead somewhere',
    find: ({ files, count }) =>
      files.matching(/\.md$/).flatMap(page =>
        localLinks(files.text(page)).flatMap(({ path, anchor }) => {
          count('links', 1);
          const file = path ? join(dirname(page), path) : page;
          const problems = [];
          if (!files.has(file)) {
            problems.push(`${page}: ${path} is not there`);
          } else if (anchor && !anchors(files.text(file)).has(anchor)) {
            problems.push(`${page}: ${path}#${anchor} has no such heading`);
          }
          // The portal shows docs/ alone
          if (page.startsWith('docs/') && !file.startsWith('docs/')) {
            problems.push(`${page}: ${path} leaves the documentation`);
          }
          return problems;
        }),
      ),
  },
  {
    name: 'mkdocs.yml has every page and no other',
    part: 'docs',
    find({ files }) {
      const [mkdocs] = files.yaml('mkdocs.yml');
      const listed = navPages(mkdocs.nav).map(page =>
        join(mkdocs.docs_dir, page),
      );
      const there = files
        .matching(/\.md$/)
        .filter(page => page.startsWith(`${mkdocs.docs_dir}/`));
      return [
        ...listed
          .filter(page => !there.includes(page))
          .map(page => `${page} is not there`),
        ...there
          .filter(page => !listed.includes(page))
          .map(page => `${page} is not in the navigation`),
      ];
    },
  },
  {
    name: 'the README has a runbook',
    part: 'docs',
    when: ({ path }) => path.project !== undefined,
    find: ({ files }) =>
      anchors(files.text('README.md')).has('runbook')
        ? []
        : ['it has no such section'],
  },
  {
    name: 'what the pages tell to type is there',
    find: ({ files }) =>
      files.matching(/\.md$/).flatMap(page =>
        [...files.text(page).matchAll(/^```sh\n([\s\S]*?)^```/gm)]
          .flatMap(([, block]) => block.split('\n'))
          .flatMap(line => problemsOfCommand(line.trim(), files))
          .map(text => `${page}: ${text}`),
      ),
  },
];

/** Whether the scripts and files that a command names are in the repository. */
function problemsOfCommand(command, files) {
  const [, script] = /^npm (?:run )?(\w[\w:-]*)/.exec(command) ?? [];
  if (script && !['ci', 'install', 'i', 'audit', 'exec'].includes(script)) {
    const { scripts = {} } = files.json('package.json');
    return script in scripts ? [] : [`there is no script ${script}`];
  }
  return command
    .split(/\s+/)
    .filter(word => /^(\.\/)?(ci|deploy|scripts|src|cmd)\/[\w./-]+$/.test(word))
    .filter(word => !files.has(word))
    .map(word => `${word} is not there`);
}
