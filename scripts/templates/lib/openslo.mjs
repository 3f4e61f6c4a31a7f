import Ajv from 'ajv';

const name = {
  type: 'string',
  maxLength: 63,
  pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$',
};
const text = { type: 'string' };
const metadata = {
  type: 'object',
  required: ['name'],
  properties: { name, displayName: { ...text, maxLength: 63 } },
};
const metric = {
  type: 'object',
  additionalProperties: false,
  required: ['metricSource'],
  properties: {
    metricSource: {
      type: 'object',
      additionalProperties: false,
      required: ['type', 'spec'],
      properties: {
        metricSourceRef: name,
        type: { const: 'Prometheus' },
        spec: {
          type: 'object',
          additionalProperties: false,
          required: ['query'],
          properties: { query: text },
        },
      },
    },
  },
};

const specs = {
  Service: {
    type: 'object',
    additionalProperties: false,
    properties: { description: { ...text, maxLength: 1050 } },
  },
  DataSource: {
    type: 'object',
    additionalProperties: false,
    required: ['type', 'connectionDetails'],
    properties: {
      description: { ...text, maxLength: 1050 },
      type: text,
      connectionDetails: { type: 'object' },
    },
  },
  SLO: {
    type: 'object',
    additionalProperties: false,
    required: [
      'service',
      'indicator',
      'budgetingMethod',
      'timeWindow',
      'objectives',
    ],
    properties: {
      description: { ...text, maxLength: 1050 },
      service: name,
      indicator: {
        type: 'object',
        additionalProperties: false,
        required: ['metadata', 'spec'],
        properties: {
          metadata,
          spec: {
            type: 'object',
            additionalProperties: false,
            required: ['ratioMetric'],
            properties: {
              ratioMetric: {
                type: 'object',
                additionalProperties: false,
                required: ['counter', 'good', 'total'],
                properties: {
                  counter: { type: 'boolean' },
                  good: metric,
                  total: metric,
                },
              },
            },
          },
        },
      },
      budgetingMethod: {
        enum: ['Occurrences', 'Timeslices', 'RatioTimeslices'],
      },
      timeWindow: {
        type: 'array',
        minItems: 1,
        maxItems: 1,
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['duration', 'isRolling'],
          properties: {
            duration: { ...text, pattern: '^[1-9]\\d*[mhdwMQY]$' },
            isRolling: { const: true },
          },
        },
      },
      objectives: {
        type: 'array',
        minItems: 1,
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['target'],
          properties: {
            displayName: text,
            target: { type: 'number', minimum: 0, exclusiveMaximum: 1 },
          },
        },
      },
    },
  },
};

const ajv = new Ajv({ allErrors: true });
const validators = Object.fromEntries(
  Object.entries(specs).map(([kind, spec]) => [
    kind,
    ajv.compile({
      type: 'object',
      additionalProperties: false,
      required: ['apiVersion', 'kind', 'metadata', 'spec'],
      properties: {
        apiVersion: { const: 'openslo/v1' },
        kind: { const: kind },
        metadata,
        spec,
      },
    }),
  ]),
);

/**
 * What is wrong with an object after the OpenSLO specification, version
 * openslo/v1 (https://github.com/OpenSLO/OpenSLO#specification), as far as the
 * golden paths use it.
 */
export function problemsOfOpenSlo(object) {
  const validate = validators[object.kind];
  if (!validate) {
    return [`${object.kind} is no kind the golden paths use`];
  }
  return validate(object)
    ? []
    : validate.errors.map(
        ({ instancePath, message }) =>
          `${object.kind} ${object.metadata?.name}: ${
            instancePath || '/'
          } ${message}`,
      );
}
