import type { PgSearchEngine } from '@backstage/plugin-search-backend-module-pg';
import type { IndexableDocument } from '@backstage/plugin-search-common';
import type { Knex } from 'knex';
import {
  ENTITIES,
  MOST_CANDIDATES,
  type Candidate,
  type Candidates,
  type FieldFilters,
} from './Candidates';

interface Row {
  type: string;
  document: IndexableDocument;
  rank: number;
}

const WORDS_KEPT_FOR = 30_000;

/**
 * In the table that Backstage's engine for PostgreSQL fills, with its full text
 * index.
 *
 * @internal
 */
export class PostgresCandidates implements Candidates {
  private known: { until: number; words: Promise<string[]> } | undefined;

  constructor(
    private readonly engine: PgSearchEngine,
    private readonly knex: Knex,
  ) {}

  getIndexer(type: string) {
    return this.engine.getIndexer(type);
  }

  async find(options: {
    words: string[];
    types?: string[];
    filters: FieldFilters;
  }) {
    const [byName, byText] = await Promise.all([
      this.findByName(options),
      this.findByText(options),
    ]);
    const found = new Map<string, Candidate>();
    const most = Math.max(...byText.map(({ rank }) => rank), Number.EPSILON);
    for (const { type, document, rank } of [...byText, ...byName]) {
      const key = `${type} ${document.location}`;
      if (!found.has(key)) {
        found.set(key, { type, document, textRank: rank / most });
      }
    }
    return [...found.values()];
  }

  async words() {
    if (!this.known || this.known.until < Date.now()) {
      const words = this.readWords();
      this.known = { until: Date.now() + WORDS_KEPT_FOR, words };
      words.catch(() => {
        this.known = undefined;
      });
    }
    return this.known.words;
  }

  async entities() {
    const [{ count }] = await this.knex('documents')
      .where({ type: ENTITIES })
      .count<Array<{ count: string }>>({ count: '*' });
    return Number(count);
  }

  /**
   * Names that have the words, the shortest first, so that the one asked for is
   * among them however many others begin with it. The full text index knows words
   * only without their endings and would not know one that is not yet typed to its
   * end.
   */
  private async findByName(options: {
    words: string[];
    types?: string[];
    filters: FieldFilters;
  }): Promise<Row[]> {
    const { words, types, filters } = options;
    if (words.length === 0 || (types && !types.includes(ENTITIES))) {
      return [];
    }
    const query = this.filtered(filters, [ENTITIES])
      .select<Row[]>('type', 'document', this.knex.raw('0 as rank'))
      .orderByRaw(`length(document->>'words'), document->>'location'`)
      .limit(MOST_CANDIDATES);
    for (const word of words) {
      // Words are letters and digits alone: nothing to escape
      query.whereRaw(`' ' || (document->>'words') like ?`, [`% ${word}%`]);
    }
    return query;
  }

  private async findByText(options: {
    words: string[];
    types?: string[];
    filters: FieldFilters;
  }): Promise<Row[]> {
    const { words, types, filters } = options;
    const query = this.filtered(filters, types).limit(MOST_CANDIDATES);
    if (words.length === 0) {
      return query
        .select('type', 'document', this.knex.raw('0 as rank'))
        .orderByRaw(`lower(document->>'title'), document->>'location'`);
    }
    const inText = words.map(word => `'${word}':*`).join(' & ');
    const inTitle = words.map(word => `'${word}':*A`).join(' & ');
    return query
      .whereRaw(`body @@ to_tsquery('english', ?)`, [inText])
      .select(
        'type',
        'document',
        // By the logarithm of the length too: long pages have every word often
        this.knex.raw(`ts_rank_cd(body, to_tsquery('english', ?), 1) as rank`, [
          inText,
        ]),
      )
      .orderByRaw(`body @@ to_tsquery('english', ?) desc`, [inTitle])
      .orderByRaw(`rank desc, document->>'location'`);
  }

  private filtered(filters: FieldFilters, types?: string[]) {
    const query = this.knex('documents');
    if (types) {
      query.whereIn('type', types);
    }
    for (const [field, wanted] of Object.entries(filters)) {
      const values = [wanted]
        .flat()
        .flatMap(value => [{ [field]: value }, { [field]: [value] }]);
      query.where(either => {
        for (const value of values) {
          either.orWhereRaw('document @> ?', [JSON.stringify(value)]);
        }
      });
    }
    return query;
  }

  private async readWords(): Promise<string[]> {
    const rows = await this.knex
      .distinct<Array<{ word: string }>>(
        this.knex.raw(
          `unnest(string_to_array(document->>'words', ' ')) as word`,
        ),
      )
      .from('documents')
      .where({ type: ENTITIES });
    return rows.map(({ word }) => word);
  }
}
