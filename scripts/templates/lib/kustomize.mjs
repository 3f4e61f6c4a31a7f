import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';

/**
 * Puts an overlay together as `kubectl kustomize` does, for the part of
 * Kustomize the golden paths use: resources, namespace, labels, images, JSON
 * patches and ConfigMaps from files. Anything else is refused.
 *
 * @param {object} [options]
 * @param {(url: string) => { files: object, folder: string }} [options.remote]
 * finds what a resource in another repository stands for
 */
export function kustomize(files, folder, { remote } = {}) {
  const [kustomization] = files.yaml(join(folder, 'kustomization.yaml'));
  const {
    apiVersion,
    kind,
    resources = [],
    namespace,
    labels = [],
    images = [],
    patches = [],
    configMapGenerator = [],
    ...rest
  } = kustomization;
  if (
    apiVersion !== 'kustomize.config.k8s.io/v1beta1' ||
    kind !== 'Kustomization'
  ) {
    throw new Error(`${folder}: ${apiVersion} ${kind} is no Kustomization`);
  }
  if (Object.keys(rest).length > 0) {
    throw new Error(`${folder}: cannot check ${Object.keys(rest).join(', ')}`);
  }

  const objects = resources.flatMap(resource => {
    if (remote && /^https?:/.test(resource)) {
      const found = remote(resource);
      return kustomize(found.files, found.folder);
    }
    const path = join(folder, resource);
    return files.has(join(path, 'kustomization.yaml'))
      ? kustomize(files, path)
      : files.yaml(path);
  });
  for (const { name, files: sources, options } of configMapGenerator) {
    objects.push({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name, labels: { ...options?.labels } },
      data: Object.fromEntries(
        sources.map(source => {
          const [key, path = key] = source.split('=');
          return [key, files.text(join(folder, path))];
        }),
      ),
    });
  }
  for (const object of objects) {
    for (const { pairs } of labels) {
      object.metadata.labels = { ...object.metadata.labels, ...pairs };
    }
    if (namespace && object.kind !== 'Namespace') {
      object.metadata.namespace = namespace;
    }
  }
  for (const { name, newTag } of images) {
    const containers = objects
      .flatMap(object => object.spec?.template?.spec?.containers ?? [])
      .filter(container => container.image?.replace(/:[\w.-]+$/, '') === name);
    if (containers.length === 0) {
      throw new Error(`${folder}: no container has the image ${name}`);
    }
    for (const container of containers) {
      container.image = `${name}:${newTag}`;
    }
  }
  for (const { target, patch } of patches) {
    const targets = objects.filter(
      object =>
        object.kind === target.kind && object.metadata.name === target.name,
    );
    if (targets.length !== 1) {
      throw new Error(
        `${folder}: a patch for ${target.kind} ${target.name} hits ${targets.length}`,
      );
    }
    for (const operation of files.parse(patch)) {
      applyOperation(targets[0], operation, folder);
    }
  }
  return objects;
}

/** RFC 6902, `add`, `replace` and `test`. */
function applyOperation(object, { op, path, value }, folder) {
  const steps = path
    .split('/')
    .slice(1)
    .map(step => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  const last = steps.pop();
  const parent = steps.reduce((at, step) => at?.[step], object);
  if (parent === undefined || (op === 'replace' && !(last in parent))) {
    throw new Error(`${folder}: ${op} ${path} finds nothing in ${object.kind}`);
  }
  if (op === 'test') {
    if (!isDeepStrictEqual(parent[last], value)) {
      throw new Error(`${folder}: ${path} in ${object.kind} is not ${value}`);
    }
    return;
  }
  if (op !== 'replace' && op !== 'add') {
    throw new Error(`${folder}: cannot check ${op}`);
  }
  parent[last] = value;
}
