import { parse } from 'yaml';

/** Of one name; more is none. */
const MAX_LENGTH = 500;

/**
 * Which golden path made a repository, and which version of it. Empty when none
 * did, or when what it left cannot be read.
 *
 * @internal
 */
export function readProvenance(text: string | undefined): {
  template: string;
  version: string;
} {
  let provenance: unknown;
  try {
    // Aliases could make a small file large
    provenance = parse(text ?? '', { maxAliasCount: 0 });
  } catch {
    provenance = undefined;
  }
  const { template, version } =
    typeof provenance === 'object' && provenance !== null
      ? (provenance as Record<string, unknown>)
      : {};
  return { template: nameOf(template), version: nameOf(version) };
}

function nameOf(value: unknown): string {
  return (typeof value === 'string' || typeof value === 'number') &&
    String(value).length <= MAX_LENGTH
    ? String(value)
    : '';
}
