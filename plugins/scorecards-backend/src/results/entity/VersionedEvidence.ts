import { Knex } from 'knex';
import { toMillis } from '../../database/toMillis';
import { EvidenceFact, FactIndex } from '../evidence/FactIndex';
import { EvidenceSource } from '../evidence/resolveEvidence';

interface Span<T> {
  value: T;
  from: number;
  /** Exclusive. */
  until: number;
}

/**
 * What evaluations of one entity saw, by its version.
 *
 * @internal
 */
export class VersionedEvidence {
  readonly #documents: Span<string>[];
  readonly #facts: Span<EvidenceFact>[];
  readonly #sources = new Map<number, EvidenceSource>();

  static async read(knex: Knex, subjectId: number): Promise<VersionedEvidence> {
    const factColumns = [
      'name',
      'value',
      'first_observed_at',
      'source',
      'collector_id',
      'version',
    ];
    const [subject] = await knex('subjects')
      .where({ id: subjectId })
      .select('document', 'document_version');
    const documents = await knex('document_revisions')
      .where({ subject_id: subjectId })
      .select('document', 'version', 'until_version');
    const facts = await knex('facts')
      .join('fact_names', 'fact_names.id', 'facts.fact_id')
      .where({ subject_id: subjectId })
      .select(factColumns);
    const revisions = await knex('fact_revisions')
      .join('fact_names', 'fact_names.id', 'fact_revisions.fact_id')
      .where({ subject_id: subjectId })
      .select(...factColumns, 'until_version');
    return new VersionedEvidence({
      documents: [
        {
          value: subject.document,
          from: subject.document_version,
          until: Infinity,
        },
        ...documents.map(row => ({
          value: row.document,
          from: row.version,
          until: row.until_version,
        })),
      ],
      facts: [...facts, ...revisions].map(row => ({
        value: {
          name: row.name,
          value: row.value,
          observedAt: toMillis(row.first_observed_at),
          source: row.source,
          collectorId: row.collector_id,
        },
        from: row.version,
        until: row.until_version ?? Infinity,
      })),
    });
  }

  private constructor(options: {
    documents: Span<string>[];
    facts: Span<EvidenceFact>[];
  }) {
    this.#documents = options.documents;
    this.#facts = options.facts;
  }

  at(version: number): EvidenceSource {
    const known = this.#sources.get(version);
    if (known) {
      return known;
    }
    const holds = ({ from, until }: Span<unknown>) =>
      from <= version && version < until;
    const document = this.#documents.find(holds)?.value;
    let parsed: unknown;
    const source: EvidenceSource = {
      document: () => {
        parsed ??= document === undefined ? {} : JSON.parse(document);
        return parsed;
      },
      facts: new FactIndex(this.#facts.filter(holds).map(({ value }) => value)),
      // Collections are not history: what failed then is not known any more
      failureOf: () => undefined,
      failureFor: () => undefined,
    };
    this.#sources.set(version, source);
    return source;
  }
}
