import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { parse } from 'yaml';
import { anchors, localLinks, navPages } from '../lib/docs/markdown.mjs';
import {
  configReferencePage,
  renderConfigReference,
} from '../lib/docs/renderConfigReference.mjs';
import { root } from '../lib/paths.mjs';

const find = pattern =>
  globSync(pattern, {
    cwd: root,
    exclude: name => name === 'node_modules',
  }).map(file => file.split(path.sep).join('/'));
const read = file => readFileSync(path.join(root, file), 'utf8');

describe('the documentation of the portal', () => {
  const pages = find('docs/**/*.md');

  it('has links that lead somewhere', () => {
    const others = ['README.md', '{packages,plugins,examples}/**/README.md'];
    const problems = [...pages, ...others.flatMap(find)].flatMap(page =>
      localLinks(read(page)).flatMap(({ path: target, anchor }) => {
        const file = target ? path.posix.join(page, '..', target) : page;
        const link = `${page}: ${target}${anchor ? `#${anchor}` : ''}`;
        if (!existsSync(path.join(root, file))) {
          return [`${link} is not there`];
        }
        if (anchor && !anchors(read(file)).has(anchor)) {
          return [`${link} has no such heading`];
        }
        // The portal shows docs/ alone
        return page.startsWith('docs/') && !file.startsWith('docs/')
          ? [`${link} leaves the documentation`]
          : [];
      }),
    );
    assert.deepEqual(problems, []);
  });

  it('has every page in mkdocs.yml once, and nothing else', () => {
    const { nav, docs_dir: folder } = parse(read('mkdocs.yml'));
    const listed = navPages(nav).map(page => `${folder}/${page}`);
    assert.deepEqual(listed.sort(), pages.sort());
  });

  it('has light pictures, all of them shown', () => {
    const shown = ['README.md', ...pages].flatMap(page =>
      localLinks(read(page)).map(({ path: target }) =>
        path.posix.join(page, '..', target),
      ),
    );
    for (const picture of find('docs/**/*.{png,svg,webp,jpg}')) {
      const bytes = statSync(path.join(root, picture)).size;
      assert.ok(bytes <= 150_000, `${picture} has ${bytes} bytes`);
      assert.ok(shown.includes(picture), `${picture} is shown nowhere`);
    }
  });

  it('describes the configuration as the packages do', async () => {
    assert.equal(
      read(configReferencePage),
      await renderConfigReference(),
      'run "yarn docs:configuration" and commit what it changes',
    );
  });
});
