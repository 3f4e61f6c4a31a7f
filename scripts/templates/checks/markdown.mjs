import { dirname, join } from 'node:path';
import { assertNone } from '../lib/reporter.mjs';

/** Links within the repository lead somewhere, and the pages are in the navigation. */
export async function checkMarkdown({ files, reporter }) {
  const pages = files.matching(/\.md$/);

  await reporter.check('links in the pages lead somewhere', () => {
    const problems = [];
    let count = 0;
    for (const page of pages) {
      const text = withoutCode(files.text(page));
      for (const [, target] of text.matchAll(
        /(?<!\\)\[[^\]\n]*(?<!\\)\]\(([^)\s]+)\)/g,
      )) {
        if (/^[a-z]+:/.test(target)) {
          continue;
        }
        count += 1;
        const [path, anchor] = target.split('#');
        const file = path ? join(dirname(page), path) : page;
        if (!files.has(file)) {
          problems.push(`${page}: ${target} is not there`);
        } else if (anchor && !anchors(files.text(file)).has(anchor)) {
          problems.push(`${page}: ${target} has no such heading`);
        }
        // The portal shows docs/ alone
        if (page.startsWith('docs/') && !file.startsWith('docs/')) {
          problems.push(`${page}: ${target} leaves the documentation`);
        }
      }
    }
    assertNone(problems);
    return `${count} links in ${pages.length} pages`;
  });

  await reporter.check('mkdocs.yml has every page and no other', () => {
    const [mkdocs] = files.yaml('mkdocs.yml');
    const listed = mkdocs.nav
      .flatMap(entry => Object.values(entry))
      .map(page => join(mkdocs.docs_dir, page));
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

function withoutCode(source) {
  return source
    .replaceAll(/^```[\s\S]*?^```/gm, '')
    .replaceAll(/(?<!\\)`[^`\n]*`/g, '');
}

/** The anchors of headings, as GitHub, Gitea and MkDocs make them for plain words. */
function anchors(source) {
  return new Set(
    [...withoutCode(source).matchAll(/^#{1,6} (.+)$/gm)].map(([, heading]) =>
      heading
        .trim()
        .toLowerCase()
        .replaceAll(/[^\w\- ]/g, '')
        .replaceAll(' ', '-'),
    ),
  );
}
