import { parseEntityRef } from '@backstage/catalog-model';

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const TIME =
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/;

/**
 * The beginning of a day in UTC, or a time with its zone.
 *
 * @internal
 */
export function timeReason(value: string): string | undefined {
  if (!DATE.test(value) && !TIME.test(value)) {
    return 'must be a date such as 2026-12-01 or a time with its zone such as 2026-12-01T08:00:00Z';
  }
  const day = value.slice(0, 10);
  const midnight = new Date(`${day}T00:00:00Z`);
  return Number.isNaN(Date.parse(value)) ||
    // The 30th of February would be a day in March
    midnight.toISOString().slice(0, 10) !== day
    ? 'there is no such day'
    : undefined;
}

/** @internal */
export function refReason(
  ref: string,
  options: { kinds: string[]; namespace: string },
): string | undefined {
  const { kinds, namespace } = options;
  try {
    const { kind } = parseEntityRef(ref, {
      defaultKind: kinds[0],
      defaultNamespace: namespace,
    });
    return kinds.includes(kind.toLocaleLowerCase('en-US'))
      ? undefined
      : `must be the ref of a ${kinds.join(' or a ')}`;
  } catch {
    return `must be an entity ref such as ${kinds[0]}:default/name`;
  }
}

/** @internal */
export function linkReason(link: string): string | undefined {
  const url = URL.canParse(link) ? new URL(link) : undefined;
  return url && ['http:', 'https:'].includes(url.protocol)
    ? undefined
    : 'must be an address that begins with http:// or https://';
}
