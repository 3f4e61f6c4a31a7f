import { InputError } from '@backstage/errors';
import { describeIssue, plainWords } from '@waymark/backend-support';
import { EventIntake, IncomingEvent } from '../../events/EventIntake';
import { ImportProgress } from '../ImportProgress';
import { parseCsv } from './parseCsv';
import { Column, readHeader } from './readHeader';
import { rowSchema } from './rowSchema';
import { toEvent } from './toEvent';

/** Events that are written at once. */
const BATCH = 500;

/**
 * Takes deployments out of a file while it arrives. A line that is wrong is named
 * and passed over; the others count.
 *
 * @internal
 */
export class CsvImport {
  readonly #intake: EventIntake;

  constructor(options: { intake: EventIntake }) {
    this.#intake = options.intake;
  }

  /**
   * @throws InputError when the header is wrong, or from some line on nothing can be
   * told apart; what came before counts
   */
  async run(
    chunks: AsyncIterable<Uint8Array>,
    options: {
      observed: boolean;
      progress: ImportProgress;
      startedBy: string;
    },
  ): Promise<void> {
    const { observed, progress, startedBy } = options;
    let columns: Column[] | undefined;
    let batch: IncomingEvent[] = [];
    const flush = async () => {
      const verdicts = batch.length > 0 ? await this.#intake.accept(batch) : [];
      batch = [];
      await progress.taken(verdicts);
    };

    try {
      for await (const { line, cells } of parseCsv(chunks)) {
        if (!columns) {
          columns = readHeader(cells);
          continue;
        }
        progress.read += 1;
        try {
          const { entityRef, event } = readLine(columns, cells);
          batch.push({
            event,
            entityRef,
            receivedFrom: startedBy,
            observed,
            sample: false,
          });
        } catch (error) {
          progress.refuse({ line, message: messageOf(error) });
        }
        if (batch.length === BATCH) {
          await flush();
        }
      }
    } finally {
      await flush();
    }
    if (!columns) {
      throw new InputError('The file is empty');
    }
  }
}

function readLine(columns: Column[], cells: string[]) {
  if (cells.length !== columns.length) {
    throw new InputError(
      `has ${cells.length} cells, and the header has ${columns.length}`,
    );
  }
  const fields = Object.fromEntries(
    columns.map((column, index) => [column, cells[index].trim()]),
  );
  const parsed = rowSchema.safeParse(fields, { error: plainWords });
  if (!parsed.success) {
    throw new InputError(
      parsed.error.issues.map(issue => describeIssue(issue)).join('; '),
    );
  }
  return {
    entityRef: parsed.data.entity,
    event: toEvent(parsed.data, { now: Date.now() }),
  };
}

function messageOf(error: unknown): string {
  if (!(error instanceof InputError)) {
    throw error;
  }
  return error.message
    .replace(/^.*: data\.context\.timestamp: /, 'time: ')
    .slice(0, 500);
}
