import { FilterPredicate } from '@backstage/filter-predicates';
import { EvidenceInput, RuleOutcome } from '@waymark/plugin-scorecards-common';

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** Items of a list, and inputs of an expression, that a sentence names. */
const MAX_NAMED = 3;

/** What a message is made of. */
export interface MessageOptions {
  outcome: RuleOutcome;
  detail?: string;
  inputs: readonly EvidenceInput[];
  /** Paths without which the expression has no result. */
  missing: readonly string[];
  /** Why what is missing could not be collected, as far as that is known. */
  failure?: string;
  /** In milliseconds. */
  maxAge?: number;
  appliesTo?: FilterPredicate;
  excused?: { until: string; reason: string };
}

/**
 * Says in one or two sentences why an outcome is what it is, for somebody who
 * sees it for the first time.
 *
 * @internal
 */
export function messageOf(options: MessageOptions): string | undefined {
  const { outcome, detail, inputs } = options;
  switch (outcome) {
    case 'noData':
      return noData(options);
    case 'fail':
      return inputs.length > 0
        ? `The check does not hold: ${listing(inputs.map(described))}.`
        : 'The check does not hold.';
    case 'error':
      return `The check could not be evaluated${detail ? `: ${detail}` : ''}.`;
    case 'notApplicable':
      return notApplicable(options.appliesTo);
    case 'exempt':
      return options.excused
        ? `Excused until ${options.excused.until.slice(0, 10)}: ${
            options.excused.reason
          }`
        : 'Excused.';
    default:
      return undefined;
  }
}

function noData(options: MessageOptions): string {
  const { missing, failure, maxAge, inputs } = options;
  const sentences: string[] = [];
  if (missing.length > 0) {
    sentences.push(`Nobody has reported ${listing(missing.map(nameOf))} yet.`);
    if (failure) {
      sentences.push(`The last try to collect it failed: ${failure}`);
    }
  }
  const expired = inputs.filter(input => input.expired);
  if (expired.length > 0 && maxAge !== undefined) {
    sentences.push(
      `${listing(expired.map(({ path }) => nameOf(path)))} ${
        expired.length > 1 ? 'are' : 'is'
      } older than ${durationText(
        maxAge,
      )}, which is as old as this rule accepts.`,
    );
  }
  return sentences.length > 0
    ? sentences.join(' ')
    : 'There was not enough data to evaluate the check.';
}

/** What a fact is called where it is reported. */
function nameOf(path: string): string {
  return path.replace(/^facts\./, '');
}

function notApplicable(appliesTo: FilterPredicate | undefined): string {
  const wanted =
    typeof appliesTo === 'object' && appliesTo !== null
      ? Object.entries(appliesTo).map(([key, value]) => wantedOf(key, value))
      : [];
  return wanted.length > 0 && !wanted.includes(undefined)
    ? `This rule is for entities with ${listing(
        wanted.filter(text => text !== undefined),
      )} only.`
    : 'This rule is not for this entity.';
}

/** What a field has to be, where that is soon said. */
function wantedOf(key: string, value: unknown): string | undefined {
  if (key.startsWith('$')) {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) {
    return `${key} ${JSON.stringify(value)}`;
  }
  return '$exists' in value && value.$exists === true ? key : undefined;
}

function described({ path, value, truncated }: EvidenceInput): string {
  if (value === undefined) {
    return truncated ? `${path} is too long to show` : `${path} is missing`;
  }
  if (Array.isArray(value)) {
    return value.length === 0
      ? `${path} is empty`
      : `${path} has ${listing(value.map(item => JSON.stringify(item)))}${
          truncated ? ' and more' : ''
        }`;
  }
  return value === ''
    ? `${path} is empty`
    : `${path} is ${JSON.stringify(value)}`;
}

/** `a, b and c`; of many only the first. */
function listing(texts: readonly string[]): string {
  const named = texts.slice(0, MAX_NAMED);
  const others = texts.length - named.length;
  if (others > 0) {
    return `${named.join(', ')} and ${others} more`;
  }
  return named.length > 1
    ? `${named.slice(0, -1).join(', ')} and ${named[named.length - 1]}`
    : named.join('');
}

/** `2 days`, in the largest unit that comes out even. */
function durationText(milliseconds: number): string {
  const [unit, length] =
    UNITS.find(([, each]) => milliseconds % each === 0) ?? UNITS[2];
  const count = Math.round(milliseconds / length);
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
