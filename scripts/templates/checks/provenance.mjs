import { execFileSync } from 'node:child_process';

/** Where a repository comes from, and what of this portal must not be in it. */
export async function checkProvenance({ answers, files, portal, reporter }) {
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
  const { leftOut } = answers.values;
  if (leftOut) {
    await reporter.check('what is left out is a deviation', () => {
      const [{ deviations }] = files.yaml('.waymark/golden-path.yaml');
      if (JSON.stringify(deviations) !== JSON.stringify(leftOut)) {
        throw new Error(JSON.stringify(deviations));
      }
    });
  }
  await reporter.check('no secret of the portal', () => {
    const holding = files.paths.filter(path =>
      files.text(path).includes(portal.forgePassword),
    );
    if (holding.length > 0) {
      throw new Error(`the password of the forge is in ${holding.join(', ')}`);
    }
  });
}
