import { inTransaction, toMillis } from '@waymark/backend-support';
import { ScorecardEntityV1alpha1 } from '@waymark/plugin-scorecards-common';
import { Knex } from 'knex';
import { scopeOf, scorecardPage } from '../notifications/messages';
import { NotificationGateway } from '../notifications/NotificationGateway';
import { exemptionRows } from './ExemptionRow';
import { makeDue } from './makeDue';

/** Of one kind and run. */
const MAX_MESSAGES = 500;

/** What is told about an exemption, and the column that says it was. */
const NEWS = {
  decided: 'decision_notified_at',
  ending: 'reminded_at',
  ended: 'ended_notified_at',
} as const;

type News = keyof typeof NEWS;

interface NewsRow {
  id: number;
  state: string;
  entity_ref: string;
  owner_ref: string | null;
  scorecard_ref: string;
  requested_by: string;
  decided_by: string | null;
  decision_note: string | null;
  revoked_by: string | null;
  revocation_note: string | null;
  expires_at: string | number;
  rule_key: string;
  definition: string;
}

/**
 * Tells who asked for an exemption what became of it, and them and the owner
 * of the entity that it ends soon and that it has ended. Marked after it was
 * handed over; what a crash makes be told again takes the place of the first.
 *
 * @internal
 */
export class ExemptionNotifier {
  readonly #database: Knex;
  readonly #gateway: NotificationGateway;
  readonly #now: () => number;
  readonly #remindBeforeMs: number;

  constructor(options: {
    database: Knex;
    gateway: NotificationGateway;
    now: () => number;
    /** How long before its end the owner is told. */
    remindBeforeMs: number;
  }) {
    this.#database = options.database;
    this.#gateway = options.gateway;
    this.#now = options.now;
    this.#remindBeforeMs = options.remindBeforeMs;
  }

  /** Marks what is over, and tells what there is to tell. */
  async run(): Promise<void> {
    await this.#sweep();
    for (const news of ['decided', 'ending', 'ended'] as const) {
      for (const row of await this.#untold(news)) {
        if (!(await this.#tell(news, row))) {
          return;
        }
        await this.#database('exemptions')
          .where({ id: row.id, [NEWS[news]]: null })
          .update({ [NEWS[news]]: this.#now() });
      }
    }
  }

  /**
   * For lists and reports: in evaluation an exemption ends by its time. Whatever
   * it was the last to hold up is due, should the clock have been turned back
   * since.
   */
  async #sweep(): Promise<void> {
    const now = this.#now();
    await inTransaction(this.#database, async tx => {
      const over = await tx('exemptions')
        .whereIn('state', ['requested', 'approved'])
        .where('expires_at', '<=', now)
        .update({ state: 'expired' })
        .returning<{ subject_id: number }[]>('subject_id');
      const subjectIds = [...new Set(over.map(row => row.subject_id))];
      await makeDue(tx, { subjectIds, at: now });
    });
  }

  async #untold(news: News): Promise<NewsRow[]> {
    if (this.#gateway.paused) {
      return [];
    }
    const now = this.#now();
    const remindFrom = now + this.#remindBeforeMs;
    const query = exemptionRows(this.#database)
      .join(
        'scorecard_revisions',
        'scorecard_revisions.id',
        'scorecards.revision_id',
      )
      .whereNull(`exemptions.${NEWS[news]}`)
      .whereNull('subjects.deleted_at')
      .orderBy('exemptions.id')
      .limit(MAX_MESSAGES)
      .select<NewsRow[]>({
        id: 'exemptions.id',
        state: 'exemptions.state',
        entity_ref: 'subjects.ref',
        owner_ref: 'subjects.owner_ref',
        scorecard_ref: 'scorecards.ref',
        requested_by: 'exemptions.requested_by',
        decided_by: 'exemptions.decided_by',
        decision_note: 'exemptions.decision_note',
        revoked_by: 'exemptions.revoked_by',
        revocation_note: 'exemptions.revocation_note',
        expires_at: 'exemptions.expires_at',
        rule_key: 'rules.rule_key',
        definition: 'scorecard_revisions.definition',
      });
    switch (news) {
      case 'decided':
        return query.whereIn('exemptions.state', ['approved', 'denied']);
      case 'ending':
        return (
          query
            .where({ 'exemptions.state': 'approved' })
            .where('exemptions.expires_at', '>', now)
            .where('exemptions.expires_at', '<=', remindFrom)
            // Whoever approved a short one knows that it ends soon
            .whereRaw('exemptions.decided_at <= exemptions.expires_at - ?', [
              this.#remindBeforeMs,
            ])
        );
      default:
        return query.where(over =>
          over
            .where('exemptions.state', 'expired')
            // What was taken back before anybody decided is nobody's business
            .orWhere(ended =>
              ended
                .where('exemptions.state', 'revoked')
                .whereNotNull('exemptions.decided_at'),
            ),
        );
    }
  }

  /** @returns whether it is settled */
  async #tell(news: News, row: NewsRow): Promise<boolean> {
    const recipients = [
      row.requested_by,
      ...(news !== 'decided' && row.owner_ref ? [row.owner_ref] : []),
    ];
    const { title, description } = describe(news, row);
    return this.#gateway.send('exemption', {
      recipients: {
        type: 'entity',
        entityRef: [...new Set(recipients)],
        // Nobody is told what they did themselves
        excludeEntityRef: row.revoked_by ?? undefined,
      },
      payload: {
        title,
        description,
        link: scorecardPage(row.scorecard_ref, 'exemptions'),
        severity: 'normal',
        topic: 'scorecards',
        scope: scopeOf('exemption', news, row.id),
      },
    });
  }
}

function describe(
  news: News,
  row: NewsRow,
): { title: string; description: string } {
  const { metadata, spec }: ScorecardEntityV1alpha1 = JSON.parse(
    row.definition,
  );
  const rule = spec.rules.find(({ id }) => id === row.rule_key);
  const what = `the rule “${rule?.title ?? row.rule_key}” of ${
    metadata.title ?? metadata.name
  }`;
  const entity = row.entity_ref.slice(row.entity_ref.indexOf('/') + 1);
  const end = new Date(toMillis(row.expires_at)).toISOString().slice(0, 10);
  const says = (by: string | null, note: string | null) =>
    [by && `By ${by}.`, note].filter(Boolean).join(' ');

  if (news === 'decided') {
    return {
      title: `Your exemption of ${entity} was ${row.state}`,
      description: `It is about ${what}. ${says(
        row.decided_by,
        row.decision_note,
      )}`,
    };
  }
  if (news === 'ending') {
    return {
      title: `The exemption of ${entity} ends on ${end}`,
      description: `From then on ${what} counts again.`,
    };
  }
  if (row.state === 'revoked') {
    return {
      title: `The exemption of ${entity} was revoked`,
      description: `It was about ${what}. ${says(
        row.revoked_by,
        row.revocation_note,
      )}`,
    };
  }
  return row.decided_by
    ? {
        title: `The exemption of ${entity} has ended`,
        description: `It ended on ${end}: ${what} counts again.`,
      }
    : {
        title: `Nobody decided on the exemption of ${entity}`,
        description: `It was asked for until ${end}, and about ${what}. Ask again if it is still needed.`,
      };
}
