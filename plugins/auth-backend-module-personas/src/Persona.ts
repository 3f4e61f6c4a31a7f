import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import type { RootConfigService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';

/**
 * Somebody whom one can sign in as.
 *
 * @internal
 */
export interface Persona {
  /** The person in the catalog: full, and in lower case. */
  userEntityRef: string;
  /** Their role. */
  title: string;
  /** What they can see and do. */
  description?: string;
}

const KEY = 'auth.providers.personas.people';

/**
 * The people of the configuration, by their full reference.
 *
 * @throws InputError when one of them is no user, or is listed twice
 * @internal
 */
export function readPersonas(config: RootConfigService): Map<string, Persona> {
  const personas = new Map<string, Persona>();
  for (const person of config.getOptionalConfigArray(KEY) ?? []) {
    const given = person.getString('userEntityRef');
    const ref = parseEntityRef(given, { defaultKind: 'User' });
    if (ref.kind.toLocaleLowerCase('en-US') !== 'user') {
      throw new InputError(`${KEY}: '${given}' is no User`);
    }
    const userEntityRef = stringifyEntityRef(ref);
    if (personas.has(userEntityRef)) {
      throw new InputError(`${KEY}: '${given}' is listed twice`);
    }
    personas.set(userEntityRef, {
      userEntityRef,
      title: person.getString('title'),
      description: person.getOptionalString('description'),
    });
  }
  return personas;
}
