import { createMockDirectory } from '@backstage/backend-test-utils';
import { listFiles } from '../files/listFiles';
import { requiredChecks } from './requiredChecks';

const directory = createMockDirectory();

async function read(files: Record<string, string>) {
  directory.setContent({ '.github': { workflows: files } });
  return requiredChecks({
    files: await listFiles({ directory: directory.path, label: 'The folder' }),
    branch: 'main',
  });
}

const JOBS = 'jobs: { test: { steps: [] } }\n';

it.each([
  ['alone', 'on: pull_request'],
  ['in a list', 'on: [push, pull_request]'],
  ['with nothing to say', 'on: { pull_request: }'],
  ['for the branch', 'on: { pull_request: { branches: [main, next] } }'],
  [
    'for all that matters',
    'on: { pull_request: { types: [opened, synchronize, reopened] } }',
  ],
])('demands what runs for every change: %s', async (_, on) => {
  expect(await read({ 'ci.yaml': `${on}\n${JOBS}` })).toEqual({
    names: ['test'],
    left: [],
  });
});

it.each([
  ['only some files', 'paths: [src/**]'],
  ['all but some files', 'paths-ignore: [docs/**]'],
  ['other branches', 'branches: [next]'],
  ['patterns of branches', "branches-ignore: ['wip/**']"],
  ['other moments', 'types: [labeled]'],
])('leaves out what runs for %s', async (_, filter) => {
  const { names, left } = await read({
    'ci.yaml': `on: { pull_request: { ${filter} } }\n${JOBS}`,
  });
  expect(names).toEqual([]);
  expect(left).toEqual([
    '.github/workflows/ci.yaml (runs for some pull requests only)',
  ]);
});

it('says nothing of workflows that have to do with something else', async () => {
  expect(
    await read({
      'nightly.yml': `on: { schedule: [{ cron: '0 3 * * *' }] }\n${JOBS}`,
      'notes.md': 'on: pull_request',
    }),
  ).toEqual({ names: [], left: [] });
});

it('takes jobs by the name under which they report', async () => {
  expect(
    await read({
      'a.yaml': `
on: pull_request
jobs:
  plain: { steps: [] }
  named: { name: 'Lint, test', steps: [] }
  late: { if: github.ref == 'refs/heads/main', steps: [] }
  matrix: { strategy: { matrix: { node: [22, 24] } }, steps: [] }
  shared: { uses: ./.github/workflows/b.yaml }
  computed: { name: 'On \${{ runner.os }}', steps: [] }
`,
      'b.yaml': 'on: [pull_request]\njobs: { plain: { steps: [] } }\n',
      'broken.yaml': 'on: [pull_request\n',
    }),
  ).toEqual({
    names: ['plain', 'Lint, test'],
    left: [
      "'late' (runs on a condition)",
      "'matrix' (reports under names of its own)",
      "'shared' (reports under names of its own)",
      "'On ${{ runner.os }}' (its name is worked out when it runs)",
      '.github/workflows/broken.yaml (not read as a workflow)',
    ],
  });
});
