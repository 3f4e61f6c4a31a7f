import { LoggerService } from '@backstage/backend-plugin-api';
import { Entity, parseEntityRef } from '@backstage/catalog-model';
import {
  CatalogChange,
  CatalogListener,
  updateRows,
  whereAny,
} from '@waymark/backend-support';
import { ScorecardEntityV1alpha1 } from '@waymark/plugin-scorecards-common';
import {
  formatIssue,
  validateScorecard,
} from '@waymark/plugin-scorecards-node';
import { Knex } from 'knex';
import { Clock } from '../clock/clockServiceRef';
import { changeGeneration, lockDefinitions } from './definitionLock';
import { writeFactMaxAges } from './factMaxAges';
import { markPopulations } from './markPopulations';
import { ParsedScorecard, parseScorecard } from './parseScorecard';
import { readInForce } from './readDefinitions';
import { removeOutcomes } from './removeOutcomes';
import { writeScorecards } from './writeScorecards';

function isScorecard(ref: string): boolean {
  return parseEntityRef(ref).kind === 'scorecard';
}

/**
 * Keeps scorecards as the catalog has them, and takes out what was about entities
 * or scorecards that left it.
 *
 * @internal
 */
export class ScorecardSync implements CatalogListener {
  readonly #logger: LoggerService;
  readonly #now: Clock;

  constructor(options: { logger: LoggerService; now: Clock }) {
    this.#logger = options.logger;
    this.#now = options.now;
  }

  async onEntities(
    tx: Knex.Transaction,
    { upserted, deleted }: CatalogChange,
  ): Promise<void> {
    const now = this.#now();
    if (deleted.length > 0) {
      await removeOutcomes(tx, {
        of: { subjectIds: deleted.map(({ id }) => id) },
        now,
      });
    }
    const scorecards = upserted.flatMap(({ ref, entity }) =>
      isScorecard(ref) ? this.#parse(ref, entity) : [],
    );
    const gone = deleted.map(({ ref }) => ref).filter(isScorecard);
    if (scorecards.length + gone.length === 0) {
      return;
    }

    await lockDefinitions(tx, 'exclusive');
    const written = await writeScorecards(tx, { scorecards, now });
    const goneIds = await this.#remove(tx, { refs: gone, now });
    if (written.length + goneIds.length === 0) {
      return;
    }
    const retired = written.filter(
      ({ scorecard }) => scorecard.lifecycle === 'retired',
    );
    await removeOutcomes(tx, {
      of: { scorecardIds: [...goneIds, ...retired.map(({ id }) => id)] },
      now,
    });
    await markPopulations(tx, {
      scorecards: written.filter(
        ({ isMaterial, scorecard }) =>
          isMaterial && scorecard.lifecycle !== 'retired',
      ),
      now,
    });
    await writeFactMaxAges(tx, await readInForce(tx));
    await changeGeneration(tx);
  }

  #parse(ref: string, entity: Entity): ParsedScorecard[] {
    const issues = validateScorecard(entity);
    if (issues.length > 0) {
      this.#logger.warn(
        `${ref} cannot be used, what was good last stays in force: ${issues
          .map(formatIssue)
          .join('; ')}`,
      );
      return [];
    }
    return [parseScorecard(entity as ScorecardEntityV1alpha1)];
  }

  async #remove(
    tx: Knex.Transaction,
    options: { refs: string[]; now: number },
  ): Promise<number[]> {
    const { refs, now } = options;
    const rows: { id: number }[] = await whereAny(
      tx,
      tx('scorecards').whereNull('deleted_at'),
      'ref',
      refs,
    ).select('id');
    await updateRows(tx, {
      table: 'scorecards',
      keys: ['id'],
      columns: ['deleted_at'],
      rows: rows.map(({ id }) => [id, now]),
    });
    return rows.map(({ id }) => id);
  }
}
