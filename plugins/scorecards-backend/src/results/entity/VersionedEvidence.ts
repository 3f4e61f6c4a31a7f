import { toMillis, whereAny } from '@waymark/backend-support';
import { Knex } from 'knex';
import { EvidenceFact, FactIndex } from '../evidence/FactIndex';
import { EvidenceSource } from '../evidence/resolveEvidence';

interface Span<T> {
  value: T;
  from: number;
  /** Exclusive. */
  until: number;
}

interface Spans {
  documents: Span<string>[];
  facts: Span<EvidenceFact>[];
}

const FACT_COLUMNS = [
  'subject_id',
  'name',
  'value',
  'first_observed_at',
  'source',
  'collector_id',
  'version',
];

/**
 * What evaluations of one entity saw, by its version.
 *
 * @internal
 */
export class VersionedEvidence {
  readonly #spans: Spans;
  readonly #sources = new Map<number, EvidenceSource>();

  static async read(knex: Knex, subjectId: number): Promise<VersionedEvidence> {
    const all = await VersionedEvidence.readMany(knex, [subjectId]);
    return all.get(subjectId) ?? new VersionedEvidence(noSpans());
  }

  /**
   * @param factIds - of the facts that are asked for; default: all
   * @returns by the id of the subject
   */
  static async readMany(
    knex: Knex,
    subjectIds: readonly number[],
    factIds?: readonly number[],
  ): Promise<ReadonlyMap<number, VersionedEvidence>> {
    const ofSubjects = (table: string, column = 'subject_id') =>
      whereAny(knex, knex(table), `${table}.${column}`, subjectIds);
    const factsIn = (table: string) => {
      const query = ofSubjects(table).join(
        'fact_names',
        'fact_names.id',
        `${table}.fact_id`,
      );
      return factIds
        ? whereAny(knex, query, `${table}.fact_id`, factIds)
        : query;
    };
    const documents = await ofSubjects('subjects', 'id').select(
      'id as subject_id',
      'document',
      'document_version as version',
    );
    const earlier = await ofSubjects('document_revisions').select(
      'subject_id',
      'document',
      'version',
      'until_version',
    );
    const facts = await factsIn('facts').select(FACT_COLUMNS);
    const revisions = await factsIn('fact_revisions').select(
      ...FACT_COLUMNS,
      'until_version',
    );

    const spans = new Map<number, Spans>(subjectIds.map(id => [id, noSpans()]));
    for (const row of [...documents, ...earlier]) {
      spans.get(row.subject_id)?.documents.push({
        value: row.document,
        from: row.version,
        until: row.until_version ?? Infinity,
      });
    }
    for (const row of [...facts, ...revisions]) {
      spans.get(row.subject_id)?.facts.push({
        value: {
          name: row.name,
          value: row.value,
          observedAt: toMillis(row.first_observed_at),
          source: row.source,
          collectorId: row.collector_id,
        },
        from: row.version,
        until: row.until_version ?? Infinity,
      });
    }
    return new Map(
      [...spans].map(([id, each]) => [id, new VersionedEvidence(each)]),
    );
  }

  private constructor(spans: Spans) {
    this.#spans = spans;
  }

  at(version: number): EvidenceSource {
    const known = this.#sources.get(version);
    if (known) {
      return known;
    }
    const holds = ({ from, until }: Span<unknown>) =>
      from <= version && version < until;
    const { documents, facts } = this.#spans;
    const document = documents.find(holds)?.value;
    let parsed: unknown;
    const source: EvidenceSource = {
      document: () => {
        parsed ??= document === undefined ? {} : JSON.parse(document);
        return parsed;
      },
      facts: new FactIndex(facts.filter(holds).map(({ value }) => value)),
      // Collections are not history: what failed then is not known any more
      failureOf: () => undefined,
      failureFor: () => undefined,
    };
    this.#sources.set(version, source);
    return source;
  }
}

function noSpans(): Spans {
  return { documents: [], facts: [] };
}
