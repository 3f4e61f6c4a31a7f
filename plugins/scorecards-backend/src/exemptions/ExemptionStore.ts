import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import {
  inTransaction,
  lockForUpdate,
  toMillis,
} from '@waymark/backend-support';
import { Exemption } from '@waymark/plugin-scorecards-common';
import { Knex } from 'knex';
import { makeDue } from './makeDue';
import {
  exemptionColumns,
  ExemptionRow,
  exemptionRows,
  toExemption,
} from './ExemptionRow';

/**
 * What somebody says about the exemption that is decided.
 *
 * @internal
 */
export interface ExemptionDecision {
  by: string;
  at: number;
  note?: string;
}

/**
 * Exemptions, and who asked for them and decided on them.
 *
 * @internal
 */
export class ExemptionStore {
  readonly #database: Knex;

  constructor(options: { database: Knex }) {
    this.#database = options.database;
  }

  /**
   * @throws NotFoundError, InputError when the rule says nothing about the
   * entity, ConflictError when there is one already
   */
  async create(options: {
    entityRef: string;
    scorecardRef: string;
    ruleId: string;
    reason: string;
    requestedBy: string;
    startsAt?: number;
    expiresAt: number;
    now: number;
  }): Promise<Exemption> {
    const { entityRef, scorecardRef, ruleId, now } = options;
    const id = await inTransaction(this.#database, async tx => {
      // Locked, so that of two requests at a time one sees the other
      const [subject] = await lockForUpdate(
        tx,
        tx('subjects')
          .where({ ref: entityRef, deleted_at: null })
          .select<{ id: number }[]>('id'),
      );
      if (!subject) {
        throw new NotFoundError(`There is no entity ${entityRef}`);
      }
      const rule = await tx('outcomes')
        .join('rules', 'rules.id', 'outcomes.rule_id')
        .join('scorecards', 'scorecards.id', 'rules.scorecard_id')
        .where({
          'outcomes.subject_id': subject.id,
          'scorecards.ref': scorecardRef,
          'scorecards.lifecycle': 'live',
          'rules.rule_key': ruleId,
        })
        .first<{ id: number } | undefined>({ id: 'rules.id' });
      if (!rule) {
        throw new InputError(
          `ruleId: there is no live rule ${JSON.stringify(
            ruleId,
          )} of ${scorecardRef} that says anything about ${entityRef}`,
        );
      }
      const other = await tx('exemptions')
        .where({ subject_id: subject.id, rule_id: rule.id })
        .whereIn('state', ['requested', 'approved'])
        .where('expires_at', '>', now)
        .first<{ id: number; state: string } | undefined>('id', 'state');
      if (other) {
        throw new ConflictError(
          other.state === 'requested'
            ? `Exemption ${other.id} has been requested for the same rule, and is still to be decided`
            : `Exemption ${other.id} holds for the same rule; revoke it first`,
        );
      }
      const [inserted] = await tx('exemptions')
        .insert({
          subject_id: subject.id,
          rule_id: rule.id,
          state: 'requested',
          reason: options.reason,
          requested_by: options.requestedBy,
          requested_at: now,
          starts_at: options.startsAt ?? null,
          expires_at: options.expiresAt,
        })
        .returning<{ id: number }[]>('id');
      return inserted.id;
    });
    return this.get(id, now);
  }

  /** @throws NotFoundError */
  async get(id: number, now: number): Promise<Exemption> {
    return toExemption(await this.#row(this.#database, id), now);
  }

  /**
   * Approves what is still requested and not over. The entity is due when the
   * exemption starts.
   *
   * @throws ConflictError when somebody else was faster, or it is too late
   */
  async approve(id: number, decision: ExemptionDecision): Promise<Exemption> {
    return this.#change(id, decision.at, async tx => {
      const changed = await tx('exemptions')
        .where({ id, state: 'requested' })
        .where('expires_at', '>', decision.at)
        .update({ state: 'approved', ...decidedColumns(decision) });
      return { changed, due: true };
    });
  }

  /** @throws ConflictError when it is decided already, or over */
  async deny(id: number, decision: ExemptionDecision): Promise<Exemption> {
    return this.#change(id, decision.at, async tx => {
      const changed = await tx('exemptions')
        .where({ id, state: 'requested' })
        .where('expires_at', '>', decision.at)
        .update({ state: 'denied', ...decidedColumns(decision) });
      return { changed, due: false };
    });
  }

  /**
   * Ends an exemption that was approved, or takes back one that is requested.
   *
   * @param options - `from`: the state in which it may be
   * @throws ConflictError when it is in another one, or over
   */
  async revoke(
    id: number,
    decision: ExemptionDecision,
    options: { from: 'requested' | 'approved' },
  ): Promise<Exemption> {
    return this.#change(id, decision.at, async tx => {
      const changed = await tx('exemptions')
        .where({ id, state: options.from })
        .where('expires_at', '>', decision.at)
        .update({
          state: 'revoked',
          revoked_by: decision.by,
          revoked_at: decision.at,
          revocation_note: decision.note ?? null,
        });
      return { changed, due: options.from === 'approved' };
    });
  }

  async #change(
    id: number,
    now: number,
    update: (
      tx: Knex.Transaction,
    ) => Promise<{ changed: number; due: boolean }>,
  ): Promise<Exemption> {
    const row = await inTransaction(this.#database, async tx => {
      const { changed, due } = await update(tx);
      const after = await this.#row(tx, id);
      if (changed === 0) {
        const { state } = toExemption(after, now);
        throw new ConflictError(
          `Exemption ${id} is ${state === 'expired' ? 'over' : state}`,
        );
      }
      if (due) {
        const startsAt = Math.max(now, toMillis(after.starts_at ?? now));
        await makeDue(tx, { subjectIds: [after.subject_id], at: startsAt });
      }
      return after;
    });
    return toExemption(row, now);
  }

  async #row(tx: Knex, id: number): Promise<ExemptionRow> {
    const row = await exemptionRows(tx)
      .where('exemptions.id', id)
      .first<ExemptionRow | undefined>(exemptionColumns);
    if (!row) {
      throw new NotFoundError(`There is no exemption ${id}`);
    }
    return row;
  }
}

function decidedColumns({ by, at, note }: ExemptionDecision) {
  return { decided_by: by, decided_at: at, decision_note: note ?? null };
}
