import { z } from 'zod';

/** Addresses the forge itself uses below its root. */
const RESERVED_ORGANIZATIONS = new Set(['api']);

function oneLine(value: string): boolean {
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  return !/[\u0000-\u001f\u007f]/.test(value);
}

/**
 * Name of an organisation: what the catalog allows as the name of a Group.
 *
 * @internal
 */
export const organizationName = z
  .string()
  .max(63, 'must have at most 63 characters')
  .regex(
    /^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/,
    'must consist of letters, digits, "-", "_" and ".", and begin and end with a letter or digit',
  )
  .refine(name => !name.includes('..'), 'must not contain ".."')
  .refine(
    name => !RESERVED_ORGANIZATIONS.has(name.toLowerCase()),
    'is a reserved word of the forge',
  );

/**
 * Name of a repository, as it stands in addresses and on disk (without `.git`).
 *
 * @internal
 */
export const repositoryName = z
  .string()
  .min(1, 'must not be empty')
  .max(100, 'must have at most 100 characters')
  .regex(
    /^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9_-])?$/,
    'must consist of letters, digits, "-", "_" and ".", begin with a letter or digit, and not end with "."',
  )
  .refine(name => !name.includes('..'), 'must not contain ".."')
  .refine(
    name => !/\.(git|lock|wiki)$/i.test(name),
    'must not end with ".git", ".lock" or ".wiki"',
  );

/**
 * Name of a branch or tag by the rules of `git check-ref-format`, or a commit id.
 * Never begins with `-`, so that no Git command can take it for an option.
 *
 * @internal
 */
export const refName = z
  .string()
  .min(1, 'must not be empty')
  .max(255, 'must have at most 255 characters')
  .refine(oneLine, 'must not contain control characters')
  .refine(
    ref =>
      !/^[-/.@]|[ ~^:?*[\\]|\.\.|@\{|\/\/|\/\.|[/.]$|\.lock(\/|$)/.test(ref),
    'must be the name of a branch or tag, or a commit id',
  );

/**
 * Path of a file or folder inside a repository, without slashes at its ends;
 * empty for the root.
 *
 * @internal
 */
export const treePath = z
  .string()
  .max(4096, 'must have at most 4096 characters')
  .refine(path => !path.includes('\0'), 'must not contain NUL')
  .transform(path => path.replace(/\/+$/, ''))
  .refine(
    path =>
      path === '' ||
      path
        .split('/')
        .every(part => part !== '' && part !== '.' && part !== '..'),
    'must not contain empty parts, "." or ".."',
  );

/**
 * Name of a secret: that of a variable in a shell, in capital letters.
 *
 * @internal
 */
export const secretName = z
  .string()
  .max(255, 'must have at most 255 characters')
  .transform(name => name.toUpperCase())
  .refine(
    name => /^[A-Z_][A-Z0-9_]*$/.test(name),
    'must consist of letters, digits and "_", and not begin with a digit',
  )
  .refine(
    name => !/^(GITEA|GITHUB)_/.test(name),
    'must not begin with GITEA_ or GITHUB_',
  );

/** @internal */
export const commitId = z
  .string()
  .regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/, 'must be a full commit id');

/** @internal */
export const repositoryParams = z.object({
  org: organizationName,
  repo: repositoryName,
});
