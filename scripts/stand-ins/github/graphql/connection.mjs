import { typedError } from './errors.mjs';

const MAX = 100;

const encode = index => Buffer.from(`cursor:v2:${index}`).toString('base64');

function decode(cursor, name) {
  const text = Buffer.from(cursor, 'base64').toString();
  const match = text.match(/^cursor:v2:(\d+)$/);
  if (!match) {
    throw typedError(
      'INVALID_CURSOR_ARGUMENTS',
      `\`${cursor}\` does not appear to be a valid cursor on the \`${name}\` connection.`,
    );
  }
  return Number(match[1]);
}

function sizeOf({ first, last }, name) {
  const size = first ?? last;
  if (size === undefined || size === null) {
    throw typedError(
      'MISSING_PAGINATION_BOUNDARIES',
      `You must provide a \`first\` or \`last\` value to properly paginate the \`${name}\` connection.`,
    );
  }
  if (size < 0 || size > MAX) {
    throw typedError(
      'EXCESSIVE_PAGINATION',
      `Requesting ${size} records on the \`${name}\` connection exceeds the \`first\` limit of ${MAX} records.`,
    );
  }
  return size;
}

/**
 * A page of a list as GitHub's connections give it.
 *
 * @param {string} name of the field, for messages
 * @param {any[]} items all of them
 * @param {{ first?: number, after?: string, last?: number, before?: string }} args
 * @param {(item: any) => object} toNode
 * @param {(item: any) => object} [extras] of an edge
 */
export function connection(name, items, args, toNode, extras = () => ({})) {
  const size = sizeOf(args, name);
  let start = args.after ? decode(args.after, name) + 1 : 0;
  let end = args.before ? decode(args.before, name) : items.length;
  if (args.first === undefined || args.first === null) {
    start = Math.max(start, end - size);
  } else {
    end = Math.min(end, start + size);
  }
  const shown = items.slice(start, end);
  const edges = shown.map((item, index) => ({
    cursor: encode(start + index),
    node: toNode(item),
    ...extras(item),
  }));
  return {
    edges,
    nodes: edges.map(({ node }) => node),
    totalCount: items.length,
    pageInfo: {
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
      hasNextPage: end < items.length,
      hasPreviousPage: start > 0,
    },
  };
}
