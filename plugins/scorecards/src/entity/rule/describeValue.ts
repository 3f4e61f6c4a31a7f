import type { JsonValue } from '@backstage/types';
import type {
  EvidenceInput,
  RuleResult,
} from '@waymark/plugin-scorecards-common';
import { describeDay, formatNumber } from '@waymark/ui';

const MAX_TEXT = 80;
const MAX_ITEMS = 2;
const MAX_INPUTS = 3;

/** A date with a time, as sources report it. */
const MOMENT =
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;

/** Whether a value is a moment in ISO 8601. */
export function isMoment(value: JsonValue): value is string {
  return (
    typeof value === 'string' &&
    MOMENT.test(value) &&
    !Number.isNaN(Date.parse(value))
  );
}

function cut(text: string): string {
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
}

function describeScalar(value: JsonValue): string {
  if (isMoment(value)) {
    return describeDay(new Date(value));
  }
  switch (typeof value) {
    case 'boolean':
      return value ? 'yes' : 'no';
    case 'number':
      return formatNumber(value, { maximumFractionDigits: 3 });
    case 'string':
      return value === '' ? 'empty' : cut(value);
    default:
      return cut(JSON.stringify(value));
  }
}

/** The name of an input: facts are what is meant when nothing else is said. */
export function inputName({ path }: Pick<EvidenceInput, 'path'>): string {
  return path.replace(/^facts\./, '');
}

/** A value in a few words. */
export function describeValue(input: EvidenceInput): string {
  const { value, truncated } = input;
  if (value === undefined) {
    return truncated ? 'too long to show' : 'missing';
  }
  if (!Array.isArray(value)) {
    return describeScalar(value);
  }
  if (value.length === 0) {
    return 'none';
  }
  const named = value.slice(0, MAX_ITEMS).map(describeScalar).join(', ');
  const others = value.length - MAX_ITEMS;
  if (truncated) {
    return `${named} and more`;
  }
  return others > 0 ? `${named} and ${formatNumber(others)} more` : named;
}

/**
 * Why the outcome is what it is, in a line: the values that decided it, or what the
 * backend says where values would not tell.
 */
export function describeEvidence(
  rule: Pick<RuleResult, 'outcome' | 'evidence'>,
): string | undefined {
  const { inputs, message } = rule.evidence;
  const isDecided = rule.outcome === 'pass' || rule.outcome === 'fail';
  if (!isDecided || inputs.length === 0) {
    return message;
  }
  // The outcome says it already
  if (inputs.length === 1 && typeof inputs[0].value === 'boolean') {
    return undefined;
  }
  const told = inputs
    .slice(0, MAX_INPUTS)
    .map(input => `${inputName(input)}: ${describeValue(input)}`)
    .join('; ');
  return inputs.length > MAX_INPUTS ? `${told}; …` : told;
}
