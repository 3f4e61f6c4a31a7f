import { kustomize } from './kustomize.mjs';
import { remember } from './remember.mjs';
import { unknownFields } from './unknown-fields.mjs';

/** Where the schemas of what is no part of Kubernetes itself are. */
const packages = {
  'argoproj.io': '@kubernetes-models/argo-cd',
  'external-secrets.io': '@kubernetes-models/external-secrets',
  'monitoring.coreos.com': '@kubernetes-models/prometheus-operator',
};

export const environments = ['staging', 'production'];

const known = new WeakMap();

/** The objects of one environment, put together once. */
export function manifestsOf(files, environment) {
  const overlays = known.get(files) ?? {};
  known.set(files, overlays);
  overlays[environment] ??= new Manifests(
    kustomize(files, `deploy/overlays/${environment}`),
    environment,
  );
  return overlays[environment];
}

/** Objects of Kubernetes, and questions about them. */
export class Manifests {
  constructor(objects, environment) {
    this.objects = objects;
    this.environment = environment;
  }

  of(kind) {
    return this.objects.filter(object => object.kind === kind);
  }

  find(kind, name) {
    return this.of(kind).find(object => object.metadata.name === name);
  }

  /** The pods of whatever makes some. */
  pods() {
    return this.objects.flatMap(object => {
      const template =
        object.spec?.jobTemplate?.spec?.template ?? object.spec?.template;
      return template?.spec?.containers
        ? [{ owner: object, template, spec: template.spec }]
        : [];
    });
  }

  containers() {
    return this.pods().flatMap(({ spec }) => [
      ...(spec.initContainers ?? []),
      ...spec.containers,
    ]);
  }
}

/** What is wrong with objects after the schemas of their kinds. */
export async function problemsOfManifests(objects) {
  const problems = [];
  const seen = new Set();
  for (const object of objects) {
    const id = `${object.kind} ${object.metadata.name}`;
    if (seen.has(id)) {
      problems.push(`${id} is there twice`);
    }
    seen.add(id);
    const problem = await problemOf(JSON.stringify(object));
    if (problem) {
      problems.push(`${id}: ${problem}`);
    }
  }
  return problems.length > 0
    ? problems
    : unknownFields(
        objects.map(object => ({ object, module: moduleOf(object) })),
      );
}

const problemOf = remember(async source => {
  const object = JSON.parse(source);
  try {
    const { [object.kind]: Model } = await import(moduleOf(object));
    new Model(object).validate();
    return undefined;
  } catch (error) {
    return error.message;
  }
});

/** Where the type and the validator of an object are. */
function moduleOf({ apiVersion, kind }) {
  const group = apiVersion.split('/')[0];
  return `${packages[group] ?? 'kubernetes-models'}/${apiVersion}/${kind}`;
}
