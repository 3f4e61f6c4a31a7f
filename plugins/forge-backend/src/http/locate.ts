import { NotFoundError } from '@backstage/errors';
import { Request } from 'express';
import { GitRepository } from '../git/GitRepository';
import { parseInput } from '../names/parse';
import { refName, repositoryParams, treePath } from '../names/schemas';
import { z } from 'zod';
import { RepositoryName } from '../repositories/Repository';

/**
 * The repository that the address of a request names.
 *
 * @throws InputError
 * @internal
 */
export function repositoryOf(req: Request): RepositoryName {
  const { org, repo } = parseInput(repositoryParams, req.params);
  return { organization: org, name: repo };
}

/**
 * What the asterisk of a route stands for.
 *
 * @internal
 */
export function wildcard(req: Request): string {
  return req.params[0] ?? '';
}

/**
 * Reads one part of an address and names it when it is not acceptable.
 *
 * @throws InputError
 * @internal
 */
export function parsePart<T extends z.ZodType>(
  name: string,
  schema: T,
  value: unknown,
): z.output<T> {
  const result = parseInput(z.object({ [name]: schema }), { [name]: value });
  return result[name] as z.output<T>;
}

/**
 * A place in the content of a repository.
 *
 * @internal
 */
export interface Location {
  ref: string;
  commit: string;
  path: string;
  branches: string[];
}

/**
 * Takes `branch/<name>/<path>` or `commit/<id>/<path>` apart. A branch may have
 * slashes in its name; since Git has no branch inside another, at most one fits.
 *
 * @throws NotFoundError when there is no such branch or commit
 * @internal
 */
export async function locate(
  repository: GitRepository,
  kind: string,
  rest: string,
): Promise<Location> {
  const branches = await repository.branchNames();
  const branch =
    kind === 'branch'
      ? branches.find(name => rest === name || rest.startsWith(`${name}/`))
      : undefined;
  const ref = parsePart(kind, refName, branch ?? rest.split('/', 1)[0]);
  if (kind === 'branch' && !branch) {
    throw new NotFoundError(`There is no branch '${ref}'`);
  }
  const path = parsePart('path', treePath, rest.slice(ref.length + 1));
  return { ref, commit: await repository.resolve(ref), path, branches };
}
