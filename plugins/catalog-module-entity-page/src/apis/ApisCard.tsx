import {
  parseEntityRef,
  RELATION_CONSUMES_API,
  RELATION_PROVIDES_API,
} from '@backstage/catalog-model';
import { useEntity, useEntityRefLink } from '@backstage/plugin-catalog-react';
import { Link } from '@backstage/ui';
import { LoadingLines, nameOf, Section } from '@waymark/ui';
import { TitledRows } from '../entities/TitledRows';
import { relationTargets } from '../entities/readEntity';
import { useRelated } from '../neighbours/useNeighbours';

function Apis(props: { title: string; refs: string[] }) {
  const { title, refs } = props;
  const entityLink = useEntityRefLink();
  const { value: related } = useRelated();
  if (!related) {
    return <LoadingLines label="Loading the APIs" />;
  }
  const rows = refs.flatMap(entityRef => {
    const api = related.get(entityRef);
    return api
      ? [
          {
            entityRef,
            entity: api,
            note: (
              <>
                {api.metadata.description && `${api.metadata.description} · `}
                <Link
                  href={`${entityLink(parseEntityRef(entityRef))}/definition`}
                  aria-label={`Definition of ${nameOf(api)}`}
                  standalone
                >
                  Definition
                </Link>
              </>
            ),
          },
        ]
      : [];
  });
  return rows.length > 0 ? <TitledRows title={title} rows={rows} /> : null;
}

/** The APIs that the component of the page provides and consumes. */
export function ApisCard() {
  const { entity } = useEntity();
  const { value: related } = useRelated();
  const provided = relationTargets(entity, RELATION_PROVIDES_API);
  const consumed = relationTargets(entity, RELATION_CONSUMES_API);
  // All of them hidden or gone: the notices say so of those that are stated
  if (related && ![...provided, ...consumed].some(ref => related.has(ref))) {
    return null;
  }
  return (
    <Section title="APIs">
      {provided.length > 0 && <Apis title="Provides" refs={provided} />}
      {consumed.length > 0 && <Apis title="Consumes" refs={consumed} />}
    </Section>
  );
}
