import { scorecardSchema } from '@waymark/plugin-scorecards-common';
import Ajv, { ErrorObject } from 'ajv';
import { ScorecardIssue } from '../ScorecardIssue';

const validate = new Ajv({
  // Everything that is wrong; what there can be is bounded by the schema
  allErrors: true,
  verbose: true,
  strict: false,
}).compile(scorecardSchema);

/** `/spec/rules/3/check` as `spec.rules[3].check` */
function formatPointer(pointer: string): string {
  return pointer
    .split('/')
    .slice(1)
    .map(part => part.replace(/~1/g, '/').replace(/~0/g, '~'))
    .reduce(
      (path, part) =>
        /^\d+$/.test(part) ? `${path}[${part}]` : `${path}.${part}`,
      '',
    )
    .replace(/^\./, '');
}

const ARTICLES: { [type: string]: string } = {
  array: 'a list',
  number: 'a number',
  object: 'a map',
  string: 'a text',
};

function reasonOf(error: ErrorObject): string {
  const { keyword, params } = error;
  switch (keyword) {
    case 'required':
      return 'is missing';
    case 'additionalProperties':
      return 'is not known here';
    case 'type':
      return `must be ${ARTICLES[params.type] ?? params.type}`;
    case 'const':
      return `must be ${params.allowedValue}`;
    case 'enum':
      return `must be one of ${params.allowedValues.join(', ')}`;
    case 'pattern':
      return 'must be of lower case letters, digits and dashes within';
    case 'minLength':
    case 'minItems':
    case 'minProperties':
      return 'must not be empty';
    case 'maxLength':
      return `has more than ${params.limit} characters`;
    case 'maxItems':
      return `has more than ${params.limit} elements`;
    case 'exclusiveMinimum':
      return `must be more than ${params.limit}`;
    case 'minimum':
      return `must be at least ${params.limit}`;
    case 'maximum':
      return `must be at most ${params.limit}`;
    default:
      return error.message ?? 'is not valid';
  }
}

function pathOf(error: ErrorObject): string {
  const path = formatPointer(error.instancePath);
  const property =
    error.params.missingProperty ?? error.params.additionalProperty;
  if (property === undefined) {
    return path;
  }
  return [path, String(property).slice(0, 100)].filter(Boolean).join('.');
}

/**
 * What is wrong with the structure, by the JSON Schema of the kind.
 *
 * @internal
 */
export function structureIssues(entity: unknown): ScorecardIssue[] {
  if (validate(entity)) {
    return [];
  }
  return (validate.errors ?? []).map(error => ({
    path: pathOf(error),
    reason: reasonOf(error),
  }));
}
