import { NotFoundError } from '@backstage/errors';
import { RequestHandler } from 'express';

/** As Express finds it, whatever comes after. */
const FILES = /^\/static\/docs(?=\/|$)/i;

/** Namespace, kind and name of an entity, each of them there, and a file. */
const FILE_OF_ENTITY = /^(?:\/[^/]+){3}(?:\/[^/]+)*\/?$/;

/**
 * Whether a path is one of a file of one entity, however often it is decoded
 * and whatever is made of its slashes.
 */
function isPlain(encoded: string): boolean {
  let path: string;
  try {
    path = decodeURIComponent(encoded);
  } catch {
    return false;
  }
  return (
    FILE_OF_ENTITY.test(path) &&
    !/%2f|%5c/i.test(encoded) &&
    !/[\\\0]/.test(path) &&
    !path.split('/').some(part => part === '.' || part === '..')
  );
}

/**
 * Stands in front of the files of all sites. TechDocs asks whether the reader may
 * see the entity that a path begins with, and then hands out the file that the path
 * leads to: with an encoded slash or an empty part that can be one of another entity.
 *
 * @internal
 */
export const requirePlainPath: RequestHandler = (request, _response, next) => {
  const [files] = request.path.match(FILES) ?? [];
  if (files !== undefined && !isPlain(request.path.slice(files.length))) {
    throw new NotFoundError('There is no such documentation');
  }
  next();
};
