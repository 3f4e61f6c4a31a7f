/** Who owns what in the tests, and where it comes from. */
const COMPONENTS: Array<{
  name: string;
  owner: string;
  annotations?: Record<string, string>;
}> = [
  { name: 'ledger', owner: 'user:default/maren' },
  { name: 'billing', owner: 'user:default/maren' },
  { name: 'search', owner: 'user:default/shut-in' },
  {
    name: 'sourced',
    owner: 'user:default/maren',
    annotations: {
      'backstage.io/source-location': 'url:HOST/Kestrelvale/Sourced/tree/main/',
    },
  },
  {
    name: 'slugged',
    owner: 'user:default/maren',
    annotations: { 'github.com/project-slug': 'kestrelvale/Slugged' },
  },
  {
    name: 'elsewhere',
    owner: 'user:default/maren',
    annotations: {
      'github.com/project-slug': 'kestrelvale/slugged',
      'backstage.io/source-location': 'url:https://other.example/a/b/',
    },
  },
  {
    name: 'neighbour',
    owner: 'user:default/maren',
    annotations: {
      'backstage.io/source-location': 'url:HOST/kestrelvale/sourced-too/',
    },
  },
];

export const COMPONENT_REFS = COMPONENTS.map(
  ({ name }) => `component:default/${name}`,
);

/** @param githubUrl - the GitHub that the annotations name */
export function catalogFile(githubUrl: string): string {
  return COMPONENTS.map(({ name, owner, annotations }) =>
    JSON.stringify({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: {
        name,
        annotations: Object.fromEntries(
          Object.entries(annotations ?? {}).map(([key, value]) => [
            key,
            value.replace('HOST', githubUrl),
          ]),
        ),
      },
      spec: { type: 'service', lifecycle: 'production', owner },
    }),
  ).join('\n---\n');
}
