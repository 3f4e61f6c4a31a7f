import { checkCatalog } from '../checks/portal.mjs';
import { assertNone } from '../lib/reporter.mjs';

const owner = 'group:default/ticketing';
const system = 'system:default/ticket-sales';

/** The path `templates/register-repository`, which changes what is there already. */
export const path = {
  name: 'register-repository',
  template: 'template:default/register-repository',
  /** It proposes a change, and makes no repository. */
  proposes: true,
  asksForRepository: true,

  /** Each proposed to a repository of its own, by the name of `repository`. */
  matrix: [
    {
      title: 'plain answers',
      repository: 'old-timetable',
      values: {
        name: 'old-timetable',
        description: 'Prints the timetable that hangs in the stations.',
        type: 'service',
        lifecycle: 'production',
        owner,
        system,
      },
    },
    {
      title: 'a description made to break something, no system',
      repository: 'Odd.Name_1',
      values: {
        name: 'Odd.Name_1',
        description:
          'It\'s "quoted": ${{ values.name }}, {{ .Values }}, {% raw %}, {# no #}, \\n, $(id), <b>&amp;</b>, *a* | [b](c) `d` # ✓ 🦊 日本',
        type: 'library',
        lifecycle: 'deprecated',
        owner,
      },
    },
    {
      title: 'a name that reads like something else in YAML',
      repository: 'numbers',
      values: {
        name: '1e3',
        description: 'true',
        type: 'other',
        lifecycle: 'experimental',
        owner,
        system,
      },
    },
  ],

  /** Answers that must be refused before anything is made, and the field to blame. */
  refused: [
    { field: 'repositoryUrl', value: undefined },
    { field: 'repositoryUrl', value: 'old-timetable' },
    { field: 'repositoryUrl', value: 'https://git.example.com/a/b' },
    { field: 'repositoryUrl', value: 'javascript:alert(1)//a/b/c' },
    { field: 'name', value: '' },
    { field: 'name', value: '-x' },
    { field: 'name', value: 'a b' },
    { field: 'name', value: 'a'.repeat(64) },
    { field: 'name', value: undefined },
    { field: 'description', value: '   ' },
    { field: 'description', value: 'two\nlines' },
    { field: 'type', value: 'something' },
    { field: 'lifecycle', value: 'someday' },
    { field: 'owner', value: undefined },
    { field: 'owner', value: 'group:default/nobody-knows-them' },
    { field: 'system', value: 'system:default/nobody-knows-it' },
    { field: 'sytem', value: system },
  ],

  /** The only files that the change may touch. */
  promised: ['catalog-info.yaml'],

  async checkMerged({ answers, files, portal, reporter, run }) {
    const { values } = answers;
    await reporter.check('the answers land word for word', () => {
      const [entity] = files.yaml('catalog-info.yaml');
      const landed = {
        name: entity.metadata.name,
        description: entity.metadata.description,
        ...entity.spec,
      };
      assertNone(
        Object.entries(landed)
          .filter(([key, value]) => value !== values[key])
          .map(([key, value]) => `${key} is ${JSON.stringify(value)}`),
      );
    });
    await checkCatalog({ answers, files, portal, reporter });

    await reporter.check('refuses a repository that is in it', async () => {
      const task = await run({ name: `${values.name}-2` });
      const message = task.error?.message ?? '';
      if (
        task.status !== 'failed' ||
        !message.includes('has a catalog-info.yaml already')
      ) {
        throw new Error(`${task.status}: ${message}`);
      }
    });
  },
};
