import { RELATION_HAS_MEMBER } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import { Text } from '@backstage/ui';
import { Section } from '@waymark/ui';
import { relationTargets } from '../entities/readEntity';
import { GroupPeople } from './GroupPeople';

/** Who belongs to the group of the page. */
export function MembersCard() {
  const { entity } = useEntity();
  const members = relationTargets(entity, RELATION_HAS_MEMBER);
  return (
    <Section title="Members">
      {members.length > 0 ? (
        <GroupPeople group={entity} withEmail />
      ) : (
        <Text color="secondary">
          Nobody belongs to this group itself. People say that they do in their
          own <code>spec.memberOf</code>.
        </Text>
      )}
    </Section>
  );
}
