import type { Entity } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import { Link, Text } from '@backstage/ui';
import { LoadingLines, ProblemNotice, readSpec, Section } from '@waymark/ui';
import { readOwner } from '../entities/readEntity';
import { editUrl } from '../source/editUrl';
import { useRelated } from '../neighbours/useNeighbours';
import { GroupPeople } from '../people/GroupPeople';
import { Contact } from './Contact';
import { Person } from './Person';

/** Nobody answers for the entity, or somebody whom the reader cannot see. */
function NoOwner(props: { entity: Entity; stated?: string }) {
  const { entity, stated } = props;
  const edit = editUrl(entity);
  const file = edit ? (
    <Link href={edit} target="_blank" rel="noopener noreferrer">
      catalog-info.yaml
    </Link>
  ) : (
    <>catalog-info.yaml</>
  );
  return stated ? (
    <>
      <Text weight="bold">The owner is not there</Text>
      <Text>
        It names <code>{stated}</code>, which is not in the catalog, or not open
        to you. If the name is wrong, mend <code>spec.owner</code> in {file}.
      </Text>
    </>
  ) : (
    <>
      <Text weight="bold">Nobody owns this</Text>
      <Text>
        Name the group that answers for it: <code>spec.owner</code> in {file}.
      </Text>
    </>
  );
}

/** Who owns the entity of the page, and how to reach them. */
export function OwnerCard() {
  const { entity } = useEntity();
  const { value: related, error, retry } = useRelated();
  const ownerRef = readOwner(entity);
  const owner = ownerRef ? related?.get(ownerRef) : undefined;

  let content;
  if (error) {
    content = (
      <ProblemNotice
        title="The owner could not be read"
        error={error}
        onRetry={retry}
      />
    );
  } else if (!ownerRef) {
    content = <NoOwner entity={entity} stated={readSpec(entity, 'owner')} />;
  } else if (!related) {
    content = <LoadingLines label="Loading the owner" lines={4} />;
  } else if (!owner) {
    content = <NoOwner entity={entity} stated={ownerRef} />;
  } else {
    content = (
      <>
        <Person entity={owner} role={owner.metadata.description} />
        <Contact owner={owner} of={entity} />
        {owner.kind.toLowerCase() === 'group' && <GroupPeople group={owner} />}
      </>
    );
  }
  return <Section title="Owner and contact">{content}</Section>;
}
