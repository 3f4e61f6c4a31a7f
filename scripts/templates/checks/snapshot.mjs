import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { assertNone } from '../lib/reporter.mjs';

/**
 * The files a path generates, with a hash each, against the list kept beside
 * the template: a change of the template shows in a review as what it changes.
 */
export async function checkSnapshot({ path, files, portal, reporter, update }) {
  const location = fileURLToPath(
    new URL(
      `../../../templates/${path.name}/expected-files.json`,
      import.meta.url,
    ),
  );
  const actual = {};
  // Where it came from differs from run to run
  for (const file of files.paths.filter(
    name => !name.startsWith('.waymark/'),
  )) {
    const text = files
      .text(file)
      .replaceAll(new URL(portal.url).host, 'HOST')
      .replaceAll(/sha256:[0-9a-f]{64}$/gm, 'sha256:VERSION');
    const hash = createHash('sha256').update(text).digest('hex').slice(0, 16);
    actual[file] = files.isExecutable(file) ? `${hash} executable` : hash;
  }

  await reporter.check('the files are the expected ones', () => {
    // One that was made for the proof alone has no place here
    if (update && existsSync(dirname(location))) {
      writeFileSync(location, `${JSON.stringify(actual, null, 2)}\n`);
      return `${Object.keys(actual).length} files written down`;
    }
    if (!existsSync(location)) {
      return `not written down: yarn templates:test ${path.name} --update`;
    }
    const expected = JSON.parse(readFileSync(location, 'utf8'));
    const names = new Set([...Object.keys(expected), ...Object.keys(actual)]);
    const problems = [...names].sort().flatMap(name => {
      if (!(name in expected)) {
        return [`${name} is new`];
      }
      if (!(name in actual)) {
        return [`${name} is gone`];
      }
      return expected[name] === actual[name] ? [] : [`${name} is different`];
    });
    if (problems.length > 0) {
      problems.push(
        `If that is as it should be: yarn templates:test ${path.name} --update`,
      );
    }
    assertNone(problems);
    return `${names.size} files`;
  });
}
