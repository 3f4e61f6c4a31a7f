import { deleteRows, insertRows, updateRows } from '@waymark/backend-support';
import { Knex } from 'knex';
import { FactRow } from './compareFact';
import { FACT_COLUMNS, toDatabase } from './factRows';
import { SubjectVersion } from './lockVersions';

/**
 * Gathers what has to be written for locked subjects, and writes it in a few
 * statements.
 *
 * @internal
 */
export class FactWrites {
  readonly #subjects: ReadonlyMap<number, SubjectVersion>;
  readonly #now: number;
  readonly #stored: FactRow[] = [];
  readonly #confirmed: FactRow[] = [];
  readonly #removed: FactRow[] = [];
  readonly #archived: { row: FactRow; untilVersion: number }[] = [];
  readonly #changed = new Set<number>();
  readonly #due = new Set<number>();

  constructor(options: {
    subjects: ReadonlyMap<number, SubjectVersion>;
    now: number;
  }) {
    this.#subjects = options.subjects;
    this.#now = options.now;
  }

  /** Whether a subject has to be evaluated again. */
  get isDue(): boolean {
    return this.#due.size > 0;
  }

  /** @param options - `isDue`: whether an outcome may be another one now */
  store(options: {
    row: Omit<FactRow, 'version'>;
    before: FactRow | undefined;
    isDue: boolean;
  }): void {
    const { row, before, isDue } = options;
    const version = this.#raise(row.subjectId, isDue);
    if (before) {
      this.#archive(before, version);
    }
    this.#stored.push({ ...row, version });
  }

  /** The value stays, and with it the version. */
  confirm(row: FactRow): void {
    this.#confirmed.push(row);
  }

  remove(row: FactRow): void {
    this.#archive(row, this.#raise(row.subjectId, true));
    this.#removed.push(row);
  }

  #raise(subjectId: number, isDue: boolean): number {
    this.#changed.add(subjectId);
    if (isDue) {
      this.#due.add(subjectId);
    }
    return this.#subjects.get(subjectId)!.version + 1;
  }

  #archive(row: FactRow, untilVersion: number): void {
    const { referencedVersion } = this.#subjects.get(row.subjectId)!;
    if (referencedVersion >= row.version) {
      this.#archived.push({ row, untilVersion });
    }
  }

  async write(tx: Knex.Transaction): Promise<void> {
    await insertRows(tx, {
      table: 'fact_revisions',
      columns: [...FACT_COLUMNS, 'until_version'],
      rows: this.#archived.map(({ row, untilVersion }) => [
        ...toDatabase(row),
        untilVersion,
      ]),
    });
    await deleteRows(tx, {
      table: 'facts',
      keys: ['subject_id', 'fact_id'],
      rows: this.#removed.map(row => [row.subjectId, row.factId]),
    });
    await insertRows(tx, {
      table: 'facts',
      columns: FACT_COLUMNS,
      rows: this.#stored.map(toDatabase),
      onConflict: {
        columns: ['subject_id', 'fact_id'],
        merge: FACT_COLUMNS.slice(2),
      },
    });
    await updateRows(tx, {
      table: 'facts',
      keys: ['subject_id', 'fact_id'],
      columns: ['observed_at', 'source', 'collector_id'],
      rows: this.#confirmed.map(row => [
        row.subjectId,
        row.factId,
        row.observedAt,
        row.source,
        row.collectorId,
      ]),
    });
    await this.#raiseVersions(tx);
  }

  async #raiseVersions(tx: Knex.Transaction): Promise<void> {
    const version = (id: number) => this.#subjects.get(id)!.version + 1;
    await updateRows(tx, {
      table: 'subjects',
      keys: ['id'],
      columns: ['version', 'due_at'],
      rows: [...this.#due].map(id => [id, version(id), this.#now]),
    });
    await updateRows(tx, {
      table: 'subjects',
      keys: ['id'],
      columns: ['version'],
      rows: [...this.#changed]
        .filter(id => !this.#due.has(id))
        .map(id => [id, version(id)]),
    });
  }
}
