import type { AuthService } from '@backstage/backend-plugin-api';
import type { UserEntity } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import type { Persona } from './Persona';

/**
 * `GET /personas/people`: whom one can sign in as, for a sign-in page. Only those
 * who are in the catalog, with the name they have there.
 *
 * @internal
 */
export function createRouter(options: {
  auth: AuthService;
  catalog: CatalogService;
  personas: Map<string, Persona>;
}): Router {
  const { auth, catalog, personas } = options;
  const router = PromiseRouter();

  router.get('/personas/people', async (_request, response) => {
    const { items } = await catalog.getEntitiesByRefs(
      {
        entityRefs: [...personas.keys()],
        fields: ['kind', 'metadata.name', 'metadata.namespace', 'spec.profile'],
      },
      { credentials: await auth.getOwnServiceCredentials() },
    );
    const people = [...personas.values()].flatMap((persona, index) => {
      const entity = items[index];
      if (!entity) {
        return [];
      }
      const profile = (entity as UserEntity).spec?.profile;
      return [
        {
          ...persona,
          displayName: profile?.displayName ?? entity.metadata.name,
          picture: profile?.picture,
        },
      ];
    });
    response.json({ people });
  });

  return router;
}
