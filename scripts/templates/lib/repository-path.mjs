const owner = 'group:default/ticketing';
const system = 'system:default/ticket-sales';

/** A line that breaks what is not quoted. */
const awkwardDescription =
  'It\'s "quoted": ${{ values.name }}, {{ .Values }}, {% raw %}, {# no #}, \\n, $(id), <b>&amp;</b>, *a* | [b](c) `d` # ✓ 🦊 日本';

/** Answers that every path for something new refuses, and the field to blame. */
const refused = [
  { field: 'name', value: '' },
  { field: 'name', value: 'Orders' },
  { field: 'name', value: '../x' },
  { field: 'name', value: 'a'.repeat(64) },
  { field: 'name', value: 'two--hyphens' },
  { field: 'name', value: undefined },
  { field: 'owner', value: undefined },
  { field: 'description', value: undefined },
  { field: 'description', value: '' },
  { field: 'description', value: '   ' },
  { field: 'description', value: 'two\nlines' },
  { field: 'description', value: 'a'.repeat(201) },
  { field: 'owner', value: 'group:default/nobody-knows-them' },
  { field: 'system', value: 'system:default/nobody-knows-it' },
  { field: 'sytem', value: system },
];

/** What most people answer. */
export function plainAnswers(name) {
  return {
    name,
    owner,
    system,
    description: 'Knows which seats of a train are taken.',
  };
}

/** With what each path is tried; `example` is the only one of its name. */
function matrixOf(example) {
  return [
    {
      title: 'plain answers',
      values: plainAnswers(example),
      snapshot: true,
    },
    {
      title: 'a description made to break something',
      values: {
        ...plainAnswers(`${example}-awkward`),
        description: awkwardDescription,
      },
    },
    {
      title: 'no system and the longest name',
      values: {
        name: `${example}-${'has-a-name-as-long-as-a-name-may-be-in-here'}`
          .padEnd(50, '1')
          .slice(0, 50)
          .replace(/-$/, '1'),
        owner,
        description: 'Short.',
      },
    },
  ];
}

/**
 * A path that makes a repository: what all of them have in common, and what this
 * one adds to it. docs/authoring-templates.md lists what a path may say.
 */
export function repositoryPath(path) {
  const [plain, awkward, short] = matrixOf(path.example);
  return {
    toolchains: {},
    parts: [],
    ...path,
    template: `template:default/${path.name}`,
    matrix: [
      { ...plain, project: path.project !== undefined },
      awkward,
      { ...short, values: { ...short.values, ...path.more } },
      ...(path.matrix ?? []),
    ],
    refused: [...refused, ...(path.refused ?? [])],
    promised: [
      '.waymark/golden-path.yaml',
      'README.md',
      'catalog-info.yaml',
      ...(path.promised ?? []),
    ],
    descriptions: (files, parts) => ({
      'catalog-info.yaml':
        files.yaml('catalog-info.yaml')[0].metadata.description,
      ...path.descriptions?.(files, parts),
    }),
  };
}
