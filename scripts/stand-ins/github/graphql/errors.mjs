import { GraphQLError } from 'graphql';

/** An error with GitHub's `type`, which stands beside message and path. */
export function typedError(type, message) {
  return new GraphQLError(message, { extensions: { type } });
}

export const unresolved = (kind, what) =>
  typedError('NOT_FOUND', `Could not resolve to ${kind} with ${what}.`);

/** An error as GitHub prints it. */
export function printError(error) {
  const { type, ...extensions } = error.extensions ?? {};
  const { message, path, locations } = error.toJSON();
  return {
    ...(type && { type }),
    ...(path && { path }),
    ...(Object.keys(extensions).length > 0 && { extensions }),
    ...(locations && { locations }),
    message,
  };
}
