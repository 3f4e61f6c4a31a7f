import { RELATION_MEMBER_OF } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import { Text } from '@backstage/ui';
import { LoadingLines, Section } from '@waymark/ui';
import { EntityRows } from '../entities/EntityRows';
import { relationTargets } from '../entities/readEntity';
import { useRelated } from '../neighbours/useNeighbours';

/** The groups that the person of the page belongs to. */
export function TeamsCard() {
  const { entity } = useEntity();
  const { value: related } = useRelated();
  const teams = relationTargets(entity, RELATION_MEMBER_OF);
  const rows = teams.flatMap(entityRef => {
    const team = related?.get(entityRef);
    return team
      ? [{ entityRef, entity: team, note: team.metadata.description }]
      : [];
  });

  let content = <LoadingLines label="Loading the groups" />;
  if (teams.length === 0 || (related && rows.length === 0)) {
    content = <Text color="secondary">Belongs to no group.</Text>;
  } else if (related) {
    content = <EntityRows rows={rows} label="Groups" />;
  }
  return <Section title="Groups">{content}</Section>;
}
