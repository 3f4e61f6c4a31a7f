import { createHash } from 'node:crypto';
import { SitePage } from '../source/Site';
import { Article, renderArticle } from './renderArticle';
import { LinkTargets } from './sanitize';

interface Entry {
  article: Article;
  /** What the links and pictures of the text led to, by what it says. */
  leads: Record<keyof LinkTargets, Map<string, string>>;
  size: number;
}

/** Characters that are kept; those of the articles that were used last. */
const MAX_SIZE = 24 * 1024 * 1024;

const asText = (target: unknown): string => JSON.stringify(target ?? null);

/**
 * Renders articles, and gives those again of which nothing has changed: neither the
 * text, nor where it leads to. A push changes a few pages of many.
 *
 * @internal
 */
export class ArticleCache {
  /** Those that were used last come last. */
  readonly #entries = new Map<string, Entry>();
  readonly #maxSize: number;
  #size = 0;

  constructor(options: { maxSize?: number } = {}) {
    this.#maxSize = options.maxSize ?? MAX_SIZE;
  }

  render(options: Parameters<typeof renderArticle>[0]): Article {
    const { page, siteName, targets } = options;
    const key = keyOf(page, siteName);
    const known = this.#entries.get(key);
    if (known && leadsToTheSame(known, targets)) {
      this.#entries.delete(key);
      this.#entries.set(key, known);
      return known.article;
    }

    const leads: Entry['leads'] = { link: new Map(), image: new Map() };
    const article = renderArticle({
      page,
      siteName,
      targets: {
        link(href) {
          const target = targets.link(href);
          leads.link.set(href, asText(target));
          return target;
        },
        image(source) {
          const target = targets.image(source);
          leads.image.set(source, asText(target));
          return target;
        },
      },
    });
    this.#keep(key, { article, leads, size: sizeOf(article) });
    return article;
  }

  #keep(key: string, entry: Entry): void {
    this.#drop(key);
    this.#entries.set(key, entry);
    this.#size += entry.size;
    for (const oldest of this.#entries.keys()) {
      if (this.#size <= this.#maxSize) {
        break;
      }
      this.#drop(oldest);
    }
  }

  #drop(key: string): void {
    this.#size -= this.#entries.get(key)?.size ?? 0;
    this.#entries.delete(key);
  }
}

function keyOf({ content, path, source }: SitePage, siteName: string): string {
  return createHash('sha256')
    .update(JSON.stringify([path, source, content, siteName]))
    .digest('base64');
}

/** All are asked for: that is how the site learns which files its pages need. */
function leadsToTheSame({ leads }: Entry, targets: LinkTargets): boolean {
  let isSame = true;
  for (const [href, target] of leads.link) {
    isSame = asText(targets.link(href)) === target && isSame;
  }
  for (const [source, target] of leads.image) {
    isSame = asText(targets.image(source)) === target && isSame;
  }
  return isSame;
}

/** Texts, for they are what is large; the sections repeat that of the page. */
function sizeOf({ html, sections }: Article): number {
  return sections.reduce((sum, { text }) => sum + text.length, html.length);
}
