import type { Entity } from '@backstage/catalog-model';
import {
  RELATION_CHILD_OF,
  RELATION_CONSUMES_API,
  RELATION_HAS_PART,
  RELATION_PARENT_OF,
  RELATION_PROVIDES_API,
} from '@backstage/catalog-model';
import {
  ApiBlueprint,
  coreExtensionData,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import { catalogApiRef, useEntity } from '@backstage/plugin-catalog-react';
import {
  EntityCardBlueprint,
  EntityContentLayoutBlueprint,
  EntityHeaderLayoutBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { hasDependencies } from './dependencies/collectDependencies';
import { relationTargets } from './entities/readEntity';
import { CatalogNeighbours } from './neighbours/CatalogNeighbours';
import { neighboursApiRef } from './neighbours/NeighboursApi';
import { topSlot } from './slots';

const neighboursApi = ApiBlueprint.make({
  name: 'neighbours',
  params: defineParams =>
    defineParams({
      api: neighboursApiRef,
      deps: { catalogApi: catalogApiRef },
      factory: deps => new CatalogNeighbours(deps),
    }),
});

const header = EntityHeaderLayoutBlueprint.make({
  name: 'header',
  params: { loader: () => import('./cards').then(m => m.EntityHeader) },
});

const layout = EntityContentLayoutBlueprint.makeWithOverrides({
  name: 'overview',
  inputs: { top: topSlot },
  factory(originalFactory, { inputs }) {
    const top = inputs.top.map(card => ({
      element: card.get(coreExtensionData.reactElement),
      isFor: card.get(EntityCardBlueprint.dataRefs.filterFunction),
    }));
    return originalFactory({
      loader: async () => {
        const { OverviewLayout } = await import('./cards');
        return function Overview(props) {
          const { entity } = useEntity();
          const elements = top
            .filter(({ isFor }) => !isFor || isFor(entity))
            .map(({ element }) => element);
          return <OverviewLayout {...props} top={elements} />;
        };
      },
    });
  },
});

const isOf =
  (...kinds: string[]) =>
  (entity: Entity) =>
    kinds.includes(entity.kind.toLowerCase());

const hasRelation = (entity: Entity, ...types: string[]) =>
  relationTargets(entity, ...types).length > 0;

const ownerCard = EntityCardBlueprint.make({
  name: 'owner',
  params: {
    type: 'info',
    filter: isOf(
      'component',
      'api',
      'resource',
      'system',
      'domain',
      'template',
    ),
    loader: () => import('./cards').then(m => <m.OwnerCard />),
  },
});

const contactCard = EntityCardBlueprint.make({
  name: 'contact',
  params: {
    type: 'info',
    filter: isOf('group', 'user'),
    loader: () => import('./cards').then(m => <m.ContactCard />),
  },
});

const groupTreeCard = EntityCardBlueprint.make({
  name: 'group-tree',
  params: {
    type: 'info',
    filter: entity =>
      isOf('group')(entity) &&
      hasRelation(entity, RELATION_CHILD_OF, RELATION_PARENT_OF),
    loader: () => import('./cards').then(m => <m.GroupTreeCard />),
  },
});

const aboutCard = EntityCardBlueprint.make({
  name: 'facts',
  params: {
    type: 'info',
    loader: () => import('./cards').then(m => <m.AboutCard />),
  },
});

const linksCard = EntityCardBlueprint.make({
  name: 'places',
  params: {
    filter: entity => !isOf('group', 'user', 'location')(entity),
    loader: () => import('./cards').then(m => <m.LinksCard />),
  },
});

const runLocallyCard = EntityCardBlueprint.make({
  name: 'run-locally',
  params: {
    filter: isOf('component'),
    loader: () => import('./cards').then(m => <m.RunLocallyCard />),
  },
});

const contentsCard = EntityCardBlueprint.make({
  name: 'contents',
  params: {
    filter: entity =>
      isOf('system', 'domain')(entity) ||
      (isOf('component')(entity) && hasRelation(entity, RELATION_HAS_PART)),
    loader: () => import('./cards').then(m => <m.ContentsCard />),
  },
});

const dependenciesCard = EntityCardBlueprint.make({
  name: 'dependencies',
  params: {
    filter: hasDependencies,
    loader: () => import('./cards').then(m => <m.DependenciesCard />),
  },
});

const apisCard = EntityCardBlueprint.make({
  name: 'apis',
  params: {
    filter: entity =>
      hasRelation(entity, RELATION_PROVIDES_API, RELATION_CONSUMES_API),
    loader: () => import('./cards').then(m => <m.ApisCard />),
  },
});

const membersCard = EntityCardBlueprint.make({
  name: 'members',
  params: {
    filter: isOf('group'),
    loader: () => import('./cards').then(m => <m.MembersCard />),
  },
});

const teamsCard = EntityCardBlueprint.make({
  name: 'teams',
  params: {
    filter: isOf('user'),
    loader: () => import('./cards').then(m => <m.TeamsCard />),
  },
});

const ownedCard = EntityCardBlueprint.make({
  name: 'owned',
  params: {
    filter: isOf('group', 'user'),
    loader: () => import('./cards').then(m => <m.OwnedCard />),
  },
});

/**
 * The pages of entities: their header, their overview and its cards.
 *
 * @public
 */
export const catalogModuleEntityPage = createFrontendModule({
  pluginId: 'catalog',
  extensions: [
    neighboursApi,
    header,
    layout,
    // In the order in which they stand in their columns
    ownerCard,
    contactCard,
    groupTreeCard,
    aboutCard,
    linksCard,
    runLocallyCard,
    membersCard,
    teamsCard,
    contentsCard,
    dependenciesCard,
    apisCard,
    ownedCard,
  ],
});
