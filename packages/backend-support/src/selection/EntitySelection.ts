import { z } from 'zod';
import { entityRefSchema, searchSchema } from '../http/schemas';

/** Stands for entities that belong to none. */
export const NONE = 'none';

/**
 * Which entities are asked for.
 *
 * @public
 */
export interface EntitySelection {
  /** A part of name or title. */
  search?: string;
  tag?: string;
  /** A group with all below it, or a user; or {@link NONE}: no group; or any of several. */
  owner?: string | readonly string[];
  /** Or {@link NONE}. */
  system?: string;
  /** Or {@link NONE}. */
  domain?: string;
}

/** A group of that name is `group:none`. */
function placeSchema(kind: string) {
  return z.union([z.literal(NONE), entityRefSchema({ kind })], {
    error: `has to be the ref of a ${kind}, or none`,
  });
}

/**
 * The fields of a query by which reports choose entities.
 *
 * @public
 */
export const placesShape = {
  owner: placeSchema('group').optional(),
  domain: placeSchema('domain').optional(),
};

/**
 * The fields of a query by which lists of entities choose them.
 *
 * @public
 */
export const selectionShape = {
  ...placesShape,
  system: placeSchema('system').optional(),
  search: searchSchema.optional(),
  tag: searchSchema.optional(),
};
