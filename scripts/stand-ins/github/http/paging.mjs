import { reply } from './reply.mjs';

const positive = (text, fallback) => {
  const number = Number(text);
  return Number.isInteger(number) && number > 0 ? number : fallback;
};

/**
 * One page of a list, with the `Link` header to the others.
 *
 * @param {object} context of the request
 * @param {any[]} items all of them
 * @param {(item: any) => any} [shape] applied to those of the page
 * @param {string} [key] when the list sits in an object beside `total_count`
 */
export async function page(context, items, shape = item => item, key) {
  const perPage = Math.min(positive(context.query.get('per_page'), 30), 100);
  const number = positive(context.query.get('page'), 1);
  const last = Math.max(1, Math.ceil(items.length / perPage));
  const link = (relation, target) => {
    const url = new URL(context.url);
    url.searchParams.set('page', String(target));
    return `<${url}>; rel="${relation}"`;
  };
  const links = [];
  if (number > 1) {
    links.push(link('prev', number - 1));
  }
  if (number < last) {
    links.push(link('next', number + 1), link('last', last));
  }
  if (number > 1) {
    links.push(link('first', 1));
  }
  const start = (number - 1) * perPage;
  const shown = await Promise.all(
    items.slice(start, start + perPage).map(item => shape(item)),
  );
  return reply(
    200,
    key ? { total_count: items.length, [key]: shown } : shown,
    links.length > 0 ? { link: links.join(', ') } : {},
  );
}
