import Ajv from 'ajv';

const text = { type: 'string' };
const amounts = {
  type: 'object',
  minProperties: 1,
  additionalProperties: false,
  properties: { cpu: text, memory: text },
};
const probe = {
  type: 'object',
  additionalProperties: false,
  required: ['httpGet'],
  properties: {
    httpGet: {
      type: 'object',
      additionalProperties: false,
      required: ['path'],
      properties: {
        host: text,
        path: text,
        port: { type: 'integer' },
        scheme: { enum: ['HTTP', 'HTTPS'] },
      },
    },
  },
};

/**
 * A Score file, after the Score specification, version score.dev/v1b1
 * (https://docs.score.dev/docs/score-specification/score-spec-reference/). It
 * allows no less than the specification demands and nothing the golden paths do
 * not use.
 */
const scoreSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['apiVersion', 'metadata', 'containers'],
  properties: {
    apiVersion: { const: 'score.dev/v1b1' },
    metadata: {
      type: 'object',
      required: ['name'],
      properties: {
        name: { ...text, pattern: '^[a-z0-9](-?[a-z0-9]+)*$', maxLength: 63 },
      },
    },
    service: {
      type: 'object',
      additionalProperties: false,
      properties: {
        ports: {
          type: 'object',
          minProperties: 1,
          additionalProperties: {
            type: 'object',
            additionalProperties: false,
            required: ['port'],
            properties: {
              port: { type: 'integer', minimum: 1, maximum: 65535 },
              targetPort: { type: 'integer', minimum: 1, maximum: 65535 },
              protocol: { enum: ['TCP', 'UDP'] },
            },
          },
        },
      },
    },
    containers: {
      type: 'object',
      minProperties: 1,
      additionalProperties: {
        type: 'object',
        additionalProperties: false,
        required: ['image'],
        properties: {
          image: text,
          command: { type: 'array', items: text },
          args: { type: 'array', items: text },
          variables: {
            type: 'object',
            minProperties: 1,
            additionalProperties: text,
          },
          resources: {
            type: 'object',
            additionalProperties: false,
            properties: { requests: amounts, limits: amounts },
          },
          livenessProbe: probe,
          readinessProbe: probe,
        },
      },
    },
    resources: {
      type: 'object',
      minProperties: 1,
      additionalProperties: {
        type: 'object',
        additionalProperties: false,
        required: ['type'],
        properties: {
          type: text,
          class: text,
          id: text,
          params: { type: 'object' },
          metadata: { type: 'object' },
        },
      },
    },
  },
};

const validate = new Ajv({ allErrors: true }).compile(scoreSchema);

/** The Score file: valid, and of one mind with the manifests. */
export const workloadChecks = [
  {
    name: 'score.yaml after the specification',
    part: 'workload',
    find({ files, count }) {
      count('schemas', 1);
      const [score] = files.yaml('score.yaml');
      return validate(score)
        ? []
        : validate.errors.map(
            ({ instancePath, message }) => `${instancePath || '/'} ${message}`,
          );
    },
  },
  {
    name: 'score.yaml says what the manifests say',
    part: 'workload',
    needs: ['kubernetes'],
    find({ files }) {
      const [score] = files.yaml('score.yaml');
      const references = [
        ...files.text('score.yaml').matchAll(/\$\{resources\.(\w+)/g),
      ];
      const [deployment] = files.yaml('deploy/base/deployment.yaml');
      const [pod] = deployment.spec.template.spec.containers;
      const [container] = Object.values(score.containers ?? {});
      return [
        ...references
          .filter(([, name]) => !score.resources?.[name])
          .map(([, name]) => `resources.${name} is used and not declared`),
        ...(nameOf(container?.image) === nameOf(pod.image)
          ? []
          : [`another image: ${container?.image}`]),
        ...(JSON.stringify(container?.resources) ===
        JSON.stringify(pod.resources)
          ? []
          : ['other resources']),
        ...Object.values(score.service?.ports ?? {})
          .filter(
            ({ port, targetPort = port }) =>
              !pod.ports.some(
                ({ containerPort }) => containerPort === targetPort,
              ),
          )
          .map(({ targetPort }) => `port ${targetPort} is not served`),
      ];
    },
  },
];

/** The name of an image, without which build of it. */
function nameOf(image = '') {
  return image.replace(/(:[\w.-]+)?(@.*)?$/, '');
}
