import { dirname, join } from 'node:path';
import { anchors, localLinks, navPages } from '../../lib/docs/markdown.mjs';
import { assertNone } from '../lib/reporter.mjs';

/** Links within the repository lead somewhere, and the pages are in the navigation. */
export async function checkMarkdown({ files, reporter }) {
  const pages = files.matching(/\.md$/);

  await reporter.check('links in the pages lead somewhere', () => {
    const problems = [];
    let count = 0;
    for (const page of pages) {
      for (const { path, anchor } of localLinks(files.text(page))) {
        count += 1;
        const file = path ? join(dirname(page), path) : page;
        if (!files.has(file)) {
          problems.push(`${page}: ${path} is not there`);
        } else if (anchor && !anchors(files.text(file)).has(anchor)) {
          problems.push(`${page}: ${path}#${anchor} has no such heading`);
        }
        // The portal shows docs/ alone
        if (page.startsWith('docs/') && !file.startsWith('docs/')) {
          problems.push(`${page}: ${path} leaves the documentation`);
        }
      }
    }
    assertNone(problems);
    return `${count} links in ${pages.length} pages`;
  });

  await reporter.check('mkdocs.yml has every page and no other', () => {
    const [mkdocs] = files.yaml('mkdocs.yml');
    const listed = navPages(mkdocs.nav).map(page =>
      join(mkdocs.docs_dir, page),
    );
    const there = pages.filter(page => page.startsWith(`${mkdocs.docs_dir}/`));
    assertNone([
      ...listed
        .filter(page => !there.includes(page))
        .map(page => `${page} is not there`),
      ...there
        .filter(page => !listed.includes(page))
        .map(page => `${page} is not in the navigation`),
    ]);
  });

  await reporter.check('the README has a runbook', () => {
    if (!anchors(files.text('README.md')).has('runbook')) {
      throw new Error('it has no such section');
    }
  });
}
