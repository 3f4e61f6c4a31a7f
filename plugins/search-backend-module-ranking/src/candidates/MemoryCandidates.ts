import type { IndexableDocument } from '@backstage/plugin-search-common';
import lunr from 'lunr';
import {
  ENTITIES,
  type Candidate,
  type Candidates,
  type FieldFilters,
} from './Candidates';
import { MemoryIndexer, type Indexed } from './MemoryIndexer';

/**
 * In the memory of this process, with Lunr: for a portal of one process.
 *
 * @internal
 */
export class MemoryCandidates implements Candidates {
  private readonly byType = new Map<string, Indexed>();

  async getIndexer(type: string) {
    return new MemoryIndexer(indexed => {
      this.byType.set(type, indexed);
    });
  }

  async find(options: {
    words: string[];
    types?: string[];
    filters: FieldFilters;
  }) {
    const { words, types, filters } = options;
    const candidates: Candidate[] = [];
    for (const [type, indexed] of this.byType) {
      if (types && !types.includes(type)) {
        continue;
      }
      for (const [location, score] of scoresOf(indexed, words)) {
        const document = indexed.documents.get(location);
        if (document && passes(document, filters)) {
          candidates.push({ type, document, textRank: score });
        }
      }
    }
    const most = Math.max(...candidates.map(({ textRank }) => textRank), 1);
    for (const candidate of candidates) {
      candidate.textRank /= most;
    }
    return candidates;
  }

  async words() {
    const entities = this.byType.get(ENTITIES)?.words.values() ?? [];
    return [
      ...new Set([...entities].flatMap(words => words.trim().split(' '))),
    ];
  }

  async entities() {
    return this.byType.get(ENTITIES)?.documents.size ?? 0;
  }
}

/** Documents that have each of the words, with the sum of their scores. */
function scoresOf(indexed: Indexed, words: string[]): Map<string, number> {
  if (words.length === 0) {
    return new Map([...indexed.documents.keys()].map(ref => [ref, 0]));
  }
  let all: Map<string, number> | undefined;
  for (const word of words) {
    const found = new Map<string, number>();
    for (const { ref, score } of indexed.index.query(query => {
      query.term(word, { usePipeline: true, boost: 5 });
      query.term(word, {
        usePipeline: false,
        wildcard: lunr.Query.wildcard.TRAILING,
      });
    })) {
      found.set(ref, score);
    }
    // Words in the index have lost their endings, names keep them
    for (const [ref, own] of indexed.words) {
      if (!found.has(ref) && own.includes(` ${word}`)) {
        found.set(ref, 0);
      }
    }
    const before: Map<string, number> | undefined = all;
    all = before
      ? new Map(
          [...found].flatMap(([ref, score]) => {
            const other = before.get(ref);
            return other === undefined ? [] : [[ref, score + other]];
          }),
        )
      : found;
  }
  return all ?? new Map();
}

function passes(document: IndexableDocument, filters: FieldFilters): boolean {
  return Object.entries(filters).every(([field, wanted]) => {
    const value: unknown = Reflect.get(document, field);
    const own = Array.isArray(value) ? value : [value];
    return [wanted].flat().some(one => own.includes(one));
  });
}
