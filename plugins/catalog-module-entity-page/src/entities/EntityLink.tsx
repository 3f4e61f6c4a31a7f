import { parseEntityRef, type Entity } from '@backstage/catalog-model';
import {
  useEntityPresentation,
  useEntityRefLink,
} from '@backstage/plugin-catalog-react';
import { Link, type LinkProps } from '@backstage/ui';
import { nameOf } from '@waymark/ui';

type Variant = LinkProps['variant'];

function NamedByCatalog(props: { entityRef: string; variant?: Variant }) {
  const link = useEntityRefLink();
  // Asks for all names of a page in one request, and remembers them
  const { primaryTitle } = useEntityPresentation(props.entityRef);
  return (
    <Link
      href={link(parseEntityRef(props.entityRef))}
      variant={props.variant}
      standalone
    >
      {primaryTitle}
    </Link>
  );
}

/** The name of an entity that leads to its page. */
export function EntityLink(props: {
  entityRef: string;
  /** The entity where it is loaded already; else its name is asked for. */
  entity?: Entity;
  variant?: Variant;
}) {
  const { entityRef, entity, variant } = props;
  const link = useEntityRefLink();
  return entity ? (
    <Link href={link(parseEntityRef(entityRef))} variant={variant} standalone>
      {nameOf(entity)}
    </Link>
  ) : (
    <NamedByCatalog entityRef={entityRef} variant={variant} />
  );
}
