import { JsonObject } from '@backstage/types';
import { SCORECARD_LIMITS } from './scorecardLimits';

const text = (maxLength: number, minLength = 1): JsonObject => ({
  type: 'string',
  minLength,
  maxLength,
});

const id: JsonObject = {
  type: 'string',
  pattern: '^[a-z0-9]([a-z0-9-]*[a-z0-9])?$',
  maxLength: SCORECARD_LIMITS.idLength,
};

const amount: JsonObject = { type: 'number', minimum: 0 };

/**
 * The structure of the kind as JSON Schema. What it cannot say, such as that the
 * level of a rule is one of the scorecard, is checked by `validateScorecard` of
 * `@waymark/plugin-scorecards-node`.
 *
 * @public
 */
export const scorecardSchema: JsonObject = {
  $schema: 'http://json-schema.org/draft-07/schema',
  $id: 'ScorecardV1alpha1',
  title: 'Scorecard',
  type: 'object',
  required: ['apiVersion', 'kind', 'metadata', 'spec'],
  properties: {
    apiVersion: { const: 'waymark.dev/v1alpha1' },
    kind: { const: 'Scorecard' },
    metadata: {
      type: 'object',
      required: ['name'],
      properties: {
        name: text(63),
        namespace: text(63),
        title: text(SCORECARD_LIMITS.titleLength),
        description: text(SCORECARD_LIMITS.textLength, 0),
      },
    },
    spec: {
      type: 'object',
      required: ['owner', 'appliesTo', 'levels', 'rules'],
      additionalProperties: false,
      properties: {
        owner: text(400),
        lifecycle: { enum: ['draft', 'live', 'retired'] },
        appliesTo: { type: 'object' },
        levels: {
          type: 'array',
          minItems: 1,
          maxItems: SCORECARD_LIMITS.levels,
          items: {
            type: 'object',
            required: ['id'],
            additionalProperties: false,
            properties: { id, title: text(SCORECARD_LIMITS.titleLength) },
          },
        },
        rules: {
          type: 'array',
          minItems: 1,
          maxItems: SCORECARD_LIMITS.rules,
          items: {
            type: 'object',
            required: ['id', 'title', 'check'],
            additionalProperties: false,
            properties: {
              id,
              title: text(SCORECARD_LIMITS.titleLength),
              level: { type: 'string' },
              weight: {
                type: 'number',
                exclusiveMinimum: 0,
                maximum: 1_000_000,
              },
              check: { type: 'string' },
              appliesTo: { type: 'object' },
              effectiveFrom: text(40),
              maxAge: {
                type: 'object',
                minProperties: 1,
                additionalProperties: false,
                properties: {
                  years: amount,
                  months: amount,
                  weeks: amount,
                  days: amount,
                  hours: amount,
                  minutes: amount,
                  seconds: amount,
                  milliseconds: amount,
                },
              },
              why: text(SCORECARD_LIMITS.textLength, 0),
              fix: {
                type: 'object',
                additionalProperties: false,
                properties: {
                  text: text(SCORECARD_LIMITS.textLength, 0),
                  link: text(SCORECARD_LIMITS.linkLength),
                  template: text(400),
                  values: { type: 'object' },
                },
              },
            },
          },
        },
      },
    },
  },
};
