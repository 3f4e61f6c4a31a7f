/** Shortest and longest name of a service, in characters. */
export const NAME_LENGTH = { min: 3, max: 50 } as const;

const NAME_PATTERN = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** What the form says beneath the field, before anything is wrong. */
export const NAME_HELP = `Lowercase letters, digits and single hyphens, starting with a letter; ${NAME_LENGTH.min} to ${NAME_LENGTH.max} characters. It names the repository, the service and its catalog entry.`;

/**
 * Says what is wrong with the shape of a name, or nothing when it is well-formed.
 *
 * The first problem found is the one reported: a reader fixes one thing at a
 * time.
 */
export function describeMalformedName(name: string): string | undefined {
  if (name === '') {
    return 'Give the service a name.';
  }
  if (NAME_PATTERN.test(name)) {
    if (name.length < NAME_LENGTH.min) {
      return `“${name}” is too short: use at least ${NAME_LENGTH.min} characters.`;
    }
    if (name.length > NAME_LENGTH.max) {
      return `This name has ${name.length} characters: use at most ${NAME_LENGTH.max}.`;
    }
    return undefined;
  }
  if (/[A-Z]/.test(name)) {
    return `“${name}” has uppercase letters: use lowercase letters, digits and hyphens only.`;
  }
  if (/[^a-z0-9-]/.test(name)) {
    return `“${name}” has characters that are not allowed: use lowercase letters, digits and hyphens only.`;
  }
  if (!/^[a-z]/.test(name)) {
    return `“${name}” has to start with a lowercase letter.`;
  }
  return `“${name}” has a hyphen too many: put single hyphens between words, none at the end.`;
}
