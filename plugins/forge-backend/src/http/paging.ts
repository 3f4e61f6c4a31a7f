import { Request, Response } from 'express';
import { z } from 'zod';

/** More than this is not given at once, whatever is asked for. */
const MAX_LIMIT = 50;

function positive(fallback: number) {
  return z
    .string()
    .regex(/^[1-9]\d{0,8}$/, 'must be a positive whole number')
    .transform(Number)
    .default(fallback);
}

/** @internal */
export const pageQuery = z.object({
  page: positive(1),
  limit: positive(30).transform(limit => Math.min(limit, MAX_LIMIT)),
});

/**
 * Says how many there are, and where the next page is.
 *
 * @internal
 */
export function sendPageHeaders(options: {
  req: Request;
  res: Response;
  page: number;
  limit: number;
  total: number;
}): void {
  const { req, res, page, limit, total } = options;
  res.setHeader('X-Total-Count', String(total));
  const last = Math.max(1, Math.ceil(total / limit));
  const links: string[] = [];
  const add = (rel: string, target: number) => {
    const query = new URLSearchParams({
      page: String(target),
      limit: String(limit),
    });
    links.push(`<${req.baseUrl}${req.path}?${query}>; rel="${rel}"`);
  };
  if (page < last) {
    add('next', page + 1);
    add('last', last);
  }
  if (page > 1) {
    add('first', 1);
    add('prev', page - 1);
  }
  if (links.length > 0) {
    res.setHeader('Link', links.join(','));
  }
}
