import { HistoryImport } from '@waymark/plugin-golden-paths-common';
import { IntakeVerdict } from '../events/EventIntake';

type Problem = HistoryImport['problems'][number];

/** The rest is only counted. */
const MAX_PROBLEMS = 100;

/** @internal */
export interface ImportCounts {
  read: number;
  accepted: number;
  duplicates: number;
  refused: number;
  problems: Problem[];
}

/**
 * What an import has come to so far.
 *
 * @internal
 */
export class ImportProgress implements ImportCounts {
  read: number;
  accepted: number;
  duplicates: number;
  refused: number;
  readonly problems: Problem[];
  readonly #save: (counts: ImportCounts) => Promise<void>;

  constructor(options: {
    counts?: ImportCounts;
    /** Called after each batch. */
    save(counts: ImportCounts): Promise<void>;
  }) {
    const { counts, save } = options;
    this.read = counts?.read ?? 0;
    this.accepted = counts?.accepted ?? 0;
    this.duplicates = counts?.duplicates ?? 0;
    this.refused = counts?.refused ?? 0;
    this.problems = [...(counts?.problems ?? [])];
    this.#save = save;
  }

  refuse(problem: Problem): void {
    this.refused += 1;
    this.mention(problem);
  }

  /** A problem that is not one of what was read. */
  mention(problem: Problem): void {
    if (this.problems.length < MAX_PROBLEMS) {
      this.problems.push(problem);
    }
  }

  async taken(verdicts: IntakeVerdict[]): Promise<void> {
    for (const { duplicate } of verdicts) {
      this[duplicate ? 'duplicates' : 'accepted'] += 1;
    }
    await this.#save(this.counts());
  }

  counts(): ImportCounts {
    const { read, accepted, duplicates, refused, problems } = this;
    return { read, accepted, duplicates, refused, problems };
  }
}
