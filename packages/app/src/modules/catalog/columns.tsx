import {
  RELATION_CHILD_OF,
  RELATION_PART_OF,
  type Entity,
} from '@backstage/catalog-model';
import type { TableColumn } from '@backstage/core-components';
import type {
  CatalogTableColumnsFunc,
  CatalogTableRow,
} from '@backstage/plugin-catalog/alpha';
import {
  EntityRefLinks,
  getEntityRelations,
} from '@backstage/plugin-catalog-react';
import { Lifecycle } from './Lifecycle';
import { NameCell } from './NameCell';

type Column = TableColumn<CatalogTableRow>;

const name: Column = {
  title: 'Name',
  field: 'resolved.name',
  width: '45%',
  render: ({ entity }) => <NameCell entity={entity} />,
};

const owner: Column = {
  title: 'Owner',
  field: 'resolved.ownedByRelationsTitle',
  render: ({ resolved }) => (
    <EntityRefLinks
      entityRefs={resolved.ownedByRelations}
      defaultKind="group"
      hideIcons
    />
  ),
};

const system: Column = {
  title: 'System',
  field: 'resolved.partOfSystemRelationTitle',
  render: ({ resolved }) => (
    <EntityRefLinks
      entityRefs={resolved.partOfSystemRelations}
      defaultKind="system"
      hideIcons
    />
  ),
};

/** What an entity points to, for kinds of which the table has no column itself. */
function related(options: {
  title: string;
  type: string;
  kind: string;
}): Column {
  const { title, type, kind } = options;
  const targets = (entity: Entity) =>
    getEntityRelations(entity, type, { kind });
  return {
    title,
    width: '25%',
    sorting: false,
    customFilterAndSearch: (query, { entity }) =>
      targets(entity).some(target =>
        target.name.toLowerCase().includes(String(query).toLowerCase()),
      ),
    render: ({ entity }) => (
      <EntityRefLinks
        entityRefs={targets(entity)}
        defaultKind={kind}
        hideIcons
      />
    ),
  };
}

const type: Column = { title: 'Type', field: 'entity.spec.type' };

const lifecycle: Column = {
  title: 'Lifecycle',
  field: 'entity.spec.lifecycle',
  render: ({ entity }) => <Lifecycle entity={entity} />,
};

const email: Column = { title: 'Email', field: 'entity.spec.profile.email' };

const target: Column = {
  title: 'Target',
  field: 'entity.spec.target',
  width: '50%',
};

const COLUMNS: Record<string, Column[]> = {
  domain: [owner],
  group: [
    type,
    related({ title: 'Part of', type: RELATION_CHILD_OF, kind: 'group' }),
  ],
  location: [type, target],
  resource: [owner, system, type],
  system: [
    owner,
    related({ title: 'Domain', type: RELATION_PART_OF, kind: 'domain' }),
  ],
  template: [owner, type],
  user: [email],
};

/**
 * What is asked of every entry of a list: what it is and what for, whose, and of
 * which kind. A kind has those columns that its entities can fill.
 */
export const columnsOf: CatalogTableColumnsFunc = ({ entities, filters }) => {
  // While others are fetched, the columns are those of what is still shown
  const kind = entities[0]?.kind ?? filters.kind?.value ?? 'component';
  const isOfOneType = filters.type !== undefined;
  const columns = COLUMNS[kind.toLowerCase()] ?? [
    owner,
    system,
    type,
    lifecycle,
  ];
  return [name, ...columns.filter(column => column !== type || !isOfOneType)];
};
