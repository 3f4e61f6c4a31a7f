import { parseEntityRef } from '@backstage/catalog-model';
import { EntityRefLink } from '@backstage/plugin-catalog-react';

/**
 * Who did something: a person of the catalog as link, anything else as it is.
 *
 * @internal
 */
export function Principal(props: { subject: string }) {
  const { subject } = props;
  let isUser = false;
  try {
    isUser = parseEntityRef(subject).kind.toLowerCase() === 'user';
  } catch {
    // The subject of a service
  }
  return isUser ? (
    <EntityRefLink entityRef={subject} defaultKind="user" hideIcon />
  ) : (
    <>{subject}</>
  );
}
