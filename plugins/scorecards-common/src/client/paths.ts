import { CompoundEntityRef, parseEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';

/**
 * A part of an address.
 *
 * @internal
 * @throws InputError when it would lead to another address: no way of encoding keeps
 * `..` from being taken for the way up
 */
export function pathSegment(text: string): string {
  if (/^\.{0,2}$/.test(text)) {
    throw new InputError(`${JSON.stringify(text)} is not a name`);
  }
  return encodeURIComponent(text);
}

/** @internal */
export function entityPath(ref: string): string {
  const { kind, namespace, name } = parse(ref);
  return `/${[kind, namespace, name].map(pathSegment).join('/')}`;
}

/** @internal */
export function scorecardPath(ref: string): string {
  const { namespace, name } = parseScorecardRef(ref);
  return `/scorecards/${[namespace, name].map(pathSegment).join('/')}`;
}

/** @internal */
export function parseScorecardRef(ref: string): CompoundEntityRef {
  return parse(ref, 'scorecard');
}

function parse(ref: string, defaultKind?: string): CompoundEntityRef {
  try {
    return parseEntityRef(ref, { defaultKind, defaultNamespace: 'default' });
  } catch {
    throw new InputError(`${JSON.stringify(ref)} is not the ref of an entity`);
  }
}
