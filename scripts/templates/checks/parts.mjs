import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { dryRun, readTemplate, writeFiles } from '../lib/dry-run.mjs';
import { Files } from '../lib/files.mjs';
import { leaveOut, withDependents } from '../lib/parts.mjs';
import { assertNone } from '../lib/reporter.mjs';
import { findProblems } from './index.mjs';

/** Each part left out by itself: what is left holds its promises. */
export async function checkParts({ path, portal, reporter, scratch, ...rest }) {
  const section = reporter.section(`${path.name}: without one part`);
  const [{ values }] = path.matrix;
  const template = readTemplate(join(rest.templates, path.name));
  for (const part of path.parts) {
    await section.check(`without ${part}`, async () => {
      const leftOut = withDependents(part);
      const answers = {
        values: {
          ...values,
          // The same for each, so that most of what it makes has been looked at
          name: 'without-a-part',
          leftOut: leaveOut(leftOut),
        },
      };
      const { files } = await dryRun({
        portal,
        values: answers.values,
        ...template,
      });
      const directory = mkdtempSync(join(scratch, 'without-'));
      writeFiles(directory, files);
      const { results } = await findProblems({
        path,
        answers,
        files: new Files(
          directory,
          files.map(({ path: name }) => name),
        ),
        provenance: false,
      });
      assertNone(
        results.flatMap(({ name, problems }) =>
          problems.map(problem => `${name}: ${problem}`),
        ),
      );
      return `${files.length} files; with it ${
        leftOut.slice(1).join(', ') || 'nothing'
      }`;
    });
  }
  section.end();
}
