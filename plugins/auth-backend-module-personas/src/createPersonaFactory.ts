import {
  parseEntityRef,
  stringifyEntityRef,
  type UserEntity,
} from '@backstage/catalog-model';
import { InputError, isError, NotAllowedError } from '@backstage/errors';
import {
  createProxyAuthenticator,
  createProxyAuthProviderFactory,
  type AuthProviderFactory,
  type AuthResolverContext,
} from '@backstage/plugin-auth-node';
import type { Persona } from './Persona';

/** The header that names the person, by the reference in the catalog. */
const HEADER = 'x-persona';

/** Turns "not in the catalog" into a sentence that says what to do about it. */
async function explained<T>(
  persona: Persona,
  look: () => Promise<T>,
): Promise<T> {
  try {
    return await look();
  } catch (error) {
    if (isError(error) && error.name === 'NotFoundError') {
      throw new NotAllowedError(
        `${persona.userEntityRef} is not in the catalog of this portal, so nobody ` +
          'can sign in as that person. Add the user to the catalog, or take it ' +
          'out of auth.providers.personas.people.',
      );
    }
    throw error;
  }
}

async function readProfile(persona: Persona, context: AuthResolverContext) {
  const { entity } = await context.findCatalogUser({
    entityRef: persona.userEntityRef,
  });
  const { displayName, email, picture } =
    (entity as UserEntity).spec.profile ?? {};
  return {
    profile: {
      displayName: displayName ?? entity.metadata.name,
      email,
      picture,
    },
  };
}

/**
 * Signs in whoever names one of these people. Of the request nothing but that
 * name is looked at; everything else comes from the catalog.
 *
 * @internal
 */
export function createPersonaFactory(
  personas: Map<string, Persona>,
): AuthProviderFactory {
  const authenticator = createProxyAuthenticator({
    initialize: () => undefined,
    async authenticate({ req }) {
      const given = req.header(HEADER);
      if (!given) {
        throw new InputError(
          `The header ${HEADER} has to name the person to sign in as`,
        );
      }
      let persona: Persona | undefined;
      try {
        const ref = parseEntityRef(given, { defaultKind: 'User' });
        persona = personas.get(stringifyEntityRef(ref));
      } catch {
        // Not even a reference: refused like an unknown person
      }
      if (!persona) {
        throw new NotAllowedError(
          `'${given}' is none of the sample people of this portal`,
        );
      }
      return { result: persona };
    },
    defaultProfileTransform: (persona: Persona, context) =>
      explained(persona, () => readProfile(persona, context)),
  });

  return createProxyAuthProviderFactory({
    authenticator,
    signInResolver: ({ result: persona }, context) =>
      explained(persona, () =>
        context.signInWithCatalogUser({ entityRef: persona.userEntityRef }),
      ),
  });
}
