import type { SearchEngine } from '@backstage/plugin-search-backend-node';
import type {
  IndexableResult,
  IndexableResultSet,
  SearchQuery,
} from '@backstage/plugin-search-common';
import { InputError } from '@backstage/errors';
import { randomUUID } from 'node:crypto';
import type {
  Candidate,
  Candidates,
  FieldFilters,
} from './candidates/Candidates';
import { textOf } from './documents/textOf';
import { Fastest } from './freshness/Fastest';
import { correctWords } from './ranking/correctWords';
import { excerptOf, markWords } from './ranking/markWords';
import { scoreOf } from './ranking/scoreOf';
import { wordsOf } from './ranking/wordsOf';

const PAGE_SIZE = 25;
/** Of a term that may be a hundred characters. */
const MOST_WORDS = 10;
/** Long enough for the pages that one request asks for, one after the other. */
const KEPT_FOR = 1_000;
const MOST_KEPT = 20;

interface Found {
  words: string[];
  order: Candidate[];
  /** Nothing has the words asked for; these have others like them, or some of them. */
  isSimilar: boolean;
}

/**
 * Orders what an index finds, cuts it into pages and marks the words in it. Who may
 * see which result is decided outside, by the search backend.
 *
 * @internal
 */
export class RankedSearchEngine implements SearchEngine {
  private readonly tag = randomUUID();
  private readonly indexing = new Map<string, Fastest>();
  private readonly kept = new Map<
    string,
    { until: number; found: Promise<Found> }
  >();

  constructor(private readonly candidates: Candidates) {}

  /** Has nothing to translate to: what is asked is what the ranking goes by. */
  setTranslator(): void {
    throw new Error('The ranked search engine takes no query translator');
  }

  async getIndexer(type: string) {
    const began = Date.now();
    const indexer = await this.candidates.getIndexer(type);
    const fastest = this.indexing.get(type) ?? new Fastest();
    this.indexing.set(type, fastest);
    indexer.once('close', () => {
      fastest.add(Date.now() - began);
      // Who asks because the index is new is not answered from the last one
      this.kept.clear();
    });
    return indexer;
  }

  /** How long this process takes for the documents of a type, in milliseconds. */
  indexingTakes(type: string): number {
    return this.indexing.get(type)?.duration ?? 0;
  }

  async query(query: SearchQuery): Promise<IndexableResultSet> {
    const { pageLimit = 0 } = query;
    // Pages of nothing would never come to an end
    const pageSize = pageLimit > 0 ? pageLimit : PAGE_SIZE;
    const page = pageOf(query.pageCursor);
    const found = await this.search(query);
    const { order } = found;

    const start = page * pageSize;
    const end = start + pageSize;
    return {
      results: order
        .slice(start, end)
        .map((candidate, index) =>
          this.toResult(candidate, found, start + index + 1),
        ),
      numberOfResults: order.length,
      nextPageCursor: end < order.length ? cursorOf(page + 1) : undefined,
      previousPageCursor: page > 0 ? cursorOf(page - 1) : undefined,
    };
  }

  private search(query: SearchQuery) {
    const { term, types, filters } = query;
    const key = JSON.stringify([term, types, filters]);
    const now = Date.now();
    for (const [other, { until }] of this.kept) {
      if (until < now || this.kept.size > MOST_KEPT) {
        this.kept.delete(other);
      }
    }
    let entry = this.kept.get(key);
    if (!entry) {
      const found = this.find({
        words: wordsOf(term).slice(0, MOST_WORDS),
        types,
        filters: (filters ?? {}) as FieldFilters,
      });
      entry = { until: now + KEPT_FOR, found };
      this.kept.set(key, entry);
      found.catch(() => this.kept.delete(key));
    }
    return entry.found;
  }

  private async find(options: {
    words: string[];
    types?: string[];
    filters: FieldFilters;
  }): Promise<Found> {
    let { words } = options;
    let found = await this.candidates.find(options);
    const isSimilar = found.length === 0;
    if (found.length === 0 && words.length > 0) {
      const corrected = correctWords(words, await this.candidates.words());
      if (corrected.join(' ') !== words.join(' ')) {
        words = corrected;
        found = await this.candidates.find({ ...options, words });
      }
    }
    if (found.length === 0 && words.length > 1) {
      // Rather something with one of the words than nothing
      for (const word of words.filter(({ length }) => length > 2)) {
        found.push(
          ...(await this.candidates.find({ ...options, words: [word] })),
        );
      }
    }
    const order = inOrder({ ...options, found, words });
    return { words, order, isSimilar };
  }

  private toResult(
    { type, document }: Candidate,
    { words, isSimilar }: Found,
    rank: number,
  ): IndexableResult {
    const text = excerptOf(document.text ?? '', words);
    const tags = { preTag: `<${this.tag}>`, postTag: `</${this.tag}>` };
    const fields: Record<string, string> = {};
    for (const [field, value] of [
      ['title', document.title],
      ['text', text],
    ]) {
      const marked = markWords({ text: value, words, ...tags });
      if (marked !== undefined) {
        fields[field] = marked;
      }
    }
    // A page of documentation may be long, and only this of it is shown
    return {
      type,
      document: { ...document, text, ...(isSimilar ? { isSimilar } : {}) },
      rank,
      highlight: { ...tags, fields },
    };
  }
}

/** The best first, and of a page of documentation and its sections the best only. */
function inOrder(options: {
  found: Candidate[];
  words: string[];
  filters: FieldFilters;
}): Candidate[] {
  const { found, words, filters } = options;
  // Where entities are read from is of interest to who asks for just that
  const isWanted = 'kind' in filters;
  const best = new Map<string, { candidate: Candidate; score: number }>();
  for (const candidate of found) {
    const { type, document } = candidate;
    if (textOf(document, 'kind') === 'Location' && !isWanted) {
      continue;
    }
    const [place] = document.location.split('#');
    const key = `${type} ${place}`;
    const score = scoreOf(candidate, words);
    const other = best.get(key);
    if (!other || other.score < score) {
      best.set(key, { candidate, score });
    }
  }
  return [...best.values()]
    .sort(
      (one, two) =>
        two.score - one.score ||
        compare(one.candidate, two.candidate, 'title') ||
        compare(one.candidate, two.candidate, 'location'),
    )
    .map(({ candidate }) => candidate);
}

function compare(one: Candidate, two: Candidate, field: string): number {
  return textOf(one.document, field).localeCompare(textOf(two.document, field));
}

function pageOf(cursor: string | undefined): number {
  if (!cursor) {
    return 0;
  }
  const page = Number(Buffer.from(cursor, 'base64').toString('utf8'));
  if (!Number.isInteger(page) || page < 0) {
    throw new InputError('Invalid page cursor');
  }
  return page;
}

function cursorOf(page: number): string {
  return Buffer.from(`${page}`, 'utf8').toString('base64');
}
