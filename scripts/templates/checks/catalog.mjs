import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const {
  apiEntityV1alpha1Validator,
  componentEntityV1alpha1Validator,
  DefaultNamespaceEntityPolicy,
  EntityPolicies,
  FieldFormatEntityPolicy,
  makeValidator,
  NoForeignRootFieldsEntityPolicy,
  parseEntityRef,
  resourceEntityV1alpha1Validator,
  SchemaValidEntityPolicy,
  stringifyEntityRef,
} = require('@backstage/catalog-model');

/** The policies that the catalog itself puts before every entity. */
const policy = EntityPolicies.allOf([
  new SchemaValidEntityPolicy(),
  new DefaultNamespaceEntityPolicy(),
  new NoForeignRootFieldsEntityPolicy(),
  new FieldFormatEntityPolicy(makeValidator()),
]);

const kinds = {
  API: apiEntityV1alpha1Validator,
  Component: componentEntityV1alpha1Validator,
  Resource: resourceEntityV1alpha1Validator,
};

/** With the contract in it, as the catalog reads it before it looks further. */
function withDefinition(entity, files) {
  const file = entity.spec?.definition?.$text;
  return file === undefined
    ? entity
    : { ...entity, spec: { ...entity.spec, definition: files.text(file) } };
}

const entitiesOf = files => files.yaml('catalog-info.yaml');

/** The entities of the repository, by themselves. */
export const catalogChecks = [
  {
    name: 'entities after the schemas of the catalog',
    async find({ files, count }) {
      const problems = [];
      for (const entity of entitiesOf(files)) {
        count('schemas', 1);
        try {
          const whole = withDefinition(entity, files);
          await policy.enforce(whole);
          if (!(await kinds[entity.kind]?.check(whole))) {
            problems.push(`${entity.kind} is no kind of a golden path`);
          }
        } catch (error) {
          problems.push(
            `${entity.kind} ${entity.metadata?.name}: ${error.message}`,
          );
        }
      }
      return problems;
    },
  },
  {
    name: 'a component with an API, what it needs, and a system',
    find({ answers, files, path }) {
      const { name, owner, system } = answers.values;
      const entities = entitiesOf(files);
      const one = kind => entities.find(entity => entity.kind === kind);
      const refs = entities.map(entity =>
        stringifyEntityRef({
          ...entity,
          metadata: { namespace: 'default', ...entity.metadata },
        }),
      );
      const { spec = {} } = one('Component') ?? {};
      const related = [
        ...(spec.providesApis ?? []).map(ref => ['api', ref]),
        ...(spec.dependsOn ?? []).map(ref => [undefined, ref]),
      ].map(([defaultKind, ref]) =>
        stringifyEntityRef(
          parseEntityRef(ref, { defaultKind, defaultNamespace: 'default' }),
        ),
      );
      return [
        ...(one('Component')?.metadata.name === name
          ? []
          : [`there is no Component ${name}`]),
        ...(one('API') || path.contract === undefined
          ? []
          : ['there is no API']),
        ...refs
          .filter(
            ref => !ref.startsWith('component:') && !related.includes(ref),
          )
          .map(ref => `the component does not name ${ref}`),
        ...related
          .filter(ref => !refs.includes(ref))
          .map(ref => `${ref} is named and not there`),
        ...entities
          .filter(entity => entity.spec.owner !== owner)
          .map(({ kind, spec: { owner: other } }) => `${kind} of ${other}`),
        ...entities
          .filter(entity => entity.spec.system !== system)
          .map(({ kind, spec: { system: other } }) => `${kind} is in ${other}`),
      ];
    },
  },
  {
    name: 'annotations for the cards of the service page',
    find({ files, parts, path }) {
      const { annotations = {} } = entitiesOf(files)[0].metadata;
      return [
        'backstage.io/source-template',
        'waymark.dev/golden-path-version',
        ...(parts.has('docs')
          ? [
              'backstage.io/techdocs-ref',
              ...(path.project ? ['waymark.dev/runbook'] : []),
            ]
          : []),
        ...(parts.has('kubernetes') ? ['backstage.io/kubernetes-id'] : []),
      ]
        .filter(key => !annotations[key])
        .map(key => `${key} is missing`);
    },
  },
];
