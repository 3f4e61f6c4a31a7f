import {
  DEFAULT_NAMESPACE,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';

/**
 * Something wrong with one field of a form.
 *
 * @public
 */
export interface FieldError {
  /** The field as the form calls it, such as `name`. */
  field: string;
  /** What is wrong and what would be right, without the field's name. */
  message: string;
}

const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const NAME_LENGTH = { min: 3, max: 50 };
const MAX_DESCRIPTION_LENGTH = 500;

/** What the catalog takes as a name or a namespace. */
const ENTITY_NAME = /^[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$/;

/**
 * What is wrong with the name of a service, if anything.
 *
 * @internal
 */
export function nameProblem(name: string): string | undefined {
  if (name === '') {
    return 'must not be empty';
  }
  if (name.length < NAME_LENGTH.min || name.length > NAME_LENGTH.max) {
    return `must have ${NAME_LENGTH.min} to ${NAME_LENGTH.max} characters`;
  }
  if (!NAME.test(name)) {
    return 'must consist of lower case letters, digits and single hyphens, and begin with a letter';
  }
  return undefined;
}

/**
 * What is wrong with the name of an entity by the catalog's own rules, if
 * anything.
 *
 * @internal
 */
export function entityNameProblem(name: string): string | undefined {
  if (name === '') {
    return 'must not be empty';
  }
  return ENTITY_NAME.test(name)
    ? undefined
    : "must consist of 1 to 63 letters, digits and '-', '_' or '.' between them";
}

/**
 * What is wrong with a description, if anything. Any text will do, also over
 * several lines.
 *
 * @internal
 */
export function descriptionProblem(description: string): string | undefined {
  if (description.length > MAX_DESCRIPTION_LENGTH) {
    return `must not have more than ${MAX_DESCRIPTION_LENGTH} characters`;
  }
  // eslint-disable-next-line no-control-regex -- these are what is looked for
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(description)) {
    return 'must not contain control characters';
  }
  // Half a surrogate pair would become another character on its way to a file
  if (Buffer.from(description).toString() !== description) {
    return 'must be valid Unicode';
  }
  return undefined;
}

/**
 * Reads a reference that may be short, such as `payments` for
 * `group:default/payments`.
 *
 * @returns undefined when it is none, or one to another kind
 * @internal
 */
export function readRef(
  ref: string,
  kind: string,
): { ref: string; name: string } | undefined {
  try {
    const compound = parseEntityRef(ref, {
      defaultKind: kind,
      defaultNamespace: DEFAULT_NAMESPACE,
    });
    return compound.kind.toLocaleLowerCase('en-US') === kind &&
      ENTITY_NAME.test(compound.name) &&
      ENTITY_NAME.test(compound.namespace)
      ? { ref: stringifyEntityRef(compound), name: compound.name }
      : undefined;
  } catch {
    return undefined;
  }
}
