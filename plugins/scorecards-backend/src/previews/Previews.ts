import {
  AuditorService,
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError, ServiceUnavailableError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { JsonObject } from '@backstage/types';
import { EntityFilter, toMillis, whereAny } from '@waymark/backend-support';
import {
  PreviewResponse,
  RuleOutcome,
  scorecardsEvaluationRunPermission,
  Standing,
} from '@waymark/plugin-scorecards-common';
import { Request } from 'express';
import { Knex } from 'knex';
import { audited } from '../audit/audited';
import { OUTCOME_OF_CODE } from '../evaluation/outcomeOfCode';
import { readFacts } from '../evaluation/readFacts';
import { computeStanding } from '../evaluation/standing';
import { activeExemptions } from '../exemptions/activeExemptions';
import { ScorecardMetrics } from '../metrics/ScorecardMetrics';
import { ReadableScorecards } from '../permissions/ReadableScorecards';
import { ScorecardAccess } from '../permissions/ScorecardAccess';
import { RuleEvaluator } from '../rules/RuleEvaluator';
import { ParsedScorecard, parseScorecard } from '../scorecards/parseScorecard';
import { populationKinds } from '../scorecards/populationKinds';
import { ScorecardDefinition } from '../scorecards/ScorecardDefinition';
import { PreviewLimiter } from './PreviewLimiter';
import { PreviewResult } from './PreviewResult';
import { readScorecard } from './readScorecard';
import { TooManyRequestsError } from './TooManyRequestsError';

/** At a time: little to hold, and a place to stop. */
const CHUNK = 500;

/** Of one preview. */
const MAX_MS = 60_000;

interface SubjectRow {
  id: number;
  ref: string;
  title: string | null;
  owner_ref: string | null;
  system_ref: string | null;
  document: string;
}

/**
 * What a scorecard that is not published yet would say, about the entities that
 * the caller may read. Writes nothing.
 *
 * @internal
 */
export class Previews {
  readonly #access: ScorecardAccess;
  readonly #auditor: AuditorService;
  readonly #database: Knex;
  readonly #limiter = new PreviewLimiter({ maxRunning: 2 });
  readonly #metrics: ScorecardMetrics;
  readonly #now: () => number;
  readonly #permissions: PermissionsService;
  readonly #readable: ReadableScorecards;
  readonly #createRules: () => RuleEvaluator;
  readonly #stopping: AbortSignal;

  constructor(options: {
    access: ScorecardAccess;
    auditor: AuditorService;
    database: Knex;
    metrics: ScorecardMetrics;
    now: () => number;
    permissions: PermissionsService;
    readable: ReadableScorecards;
    /**
     * For one preview: what somebody tries is kept from holding up, or giving a
     * bad name to, rules that are in force, and ends with the preview.
     */
    createRules: () => RuleEvaluator;
    stopping: AbortSignal;
  }) {
    this.#access = options.access;
    this.#auditor = options.auditor;
    this.#database = options.database;
    this.#metrics = options.metrics;
    this.#now = options.now;
    this.#permissions = options.permissions;
    this.#readable = options.readable;
    this.#createRules = options.createRules;
    this.#stopping = options.stopping;
  }

  /**
   * For whoever may see scorecards, and may have at least something evaluated: a
   * preview is work of that kind.
   *
   * @param written - the entity, or the YAML of its file
   * @throws InvalidScorecardError, TooManyRequestsError, ServiceUnavailableError
   */
  async preview(
    caller: {
      credentials: BackstageCredentials;
      request?: Request;
      /** The caller has gone. */
      signal?: AbortSignal;
    },
    written: string | JsonObject,
  ): Promise<PreviewResponse> {
    const { credentials, request } = caller;
    return audited(
      this.#auditor,
      { eventId: 'scorecard-preview', severityLevel: 'low', request },
      async note => {
        await this.#authorize(credentials);
        const scorecard = parseScorecard(readScorecard(written));
        note({ scorecardRef: scorecard.ref });
        const timeout = AbortSignal.timeout(MAX_MS);
        const signal = AbortSignal.any([
          timeout,
          this.#stopping,
          ...(caller.signal ? [caller.signal] : []),
        ]);
        try {
          const answer = await this.#limiter.run(
            JSON.stringify(credentials.principal),
            () => this.#run(scorecard, credentials, signal),
          );
          this.#metrics.previewed('shown');
          return answer;
        } catch (error) {
          this.#metrics.previewed(resultOf(error, signal, timeout));
          if (timeout.aborted) {
            throw new ServiceUnavailableError(
              `The preview took more than ${
                MAX_MS / 1000
              } seconds: narrow appliesTo, or take out slow rules`,
            );
          }
          throw error;
        }
      },
    );
  }

  async #authorize(credentials: BackstageCredentials): Promise<void> {
    await this.#access.requireScorecards(credentials);
    const permission = scorecardsEvaluationRunPermission;
    const [{ result }] = await this.#permissions.authorizeConditional(
      [{ permission }],
      { credentials },
    );
    if (result === AuthorizeResult.DENY) {
      throw new NotAllowedError(
        `You lack the permission ${permission.name}, which previews need`,
      );
    }
  }

  async #run(
    scorecard: ParsedScorecard,
    credentials: BackstageCredentials,
    signal: AbortSignal,
  ): Promise<PreviewResponse> {
    signal.throwIfAborted();
    const rules = this.#createRules();
    const end = () => rules.close();
    signal.addEventListener('abort', end);
    try {
      return await this.#compare(scorecard, { credentials, rules, signal });
    } finally {
      signal.removeEventListener('abort', end);
      await end();
    }
  }

  async #compare(
    scorecard: ParsedScorecard,
    options: {
      credentials: BackstageCredentials;
      rules: RuleEvaluator;
      signal: AbortSignal;
    },
  ): Promise<PreviewResponse> {
    const { credentials, rules, signal } = options;
    const access = await this.#access.filter(credentials);
    const published = (await this.#readable.list(credentials)).find(
      ({ ref, lifecycle }) => ref === scorecard.ref && lifecycle === 'live',
    );
    const result = new PreviewResult({
      scorecard,
      publishedLevels: published?.levels.map(({ id }) => id),
    });
    const kinds = populationKinds(scorecard.population);
    let after = 0;
    for (;;) {
      signal.throwIfAborted();
      const query = this.#database('subjects')
        .whereNull('deleted_at')
        .where('id', '>', after)
        .orderBy('id')
        .limit(CHUNK)
        .select<SubjectRow[]>(
          'id',
          'ref',
          'title',
          'owner_ref',
          'system_ref',
          'document',
        );
      if (kinds) {
        query.whereIn('kind', kinds);
      }
      access(query, 'subjects.id');
      const subjects = await query;
      if (subjects.length === 0) {
        break;
      }
      await this.#evaluate({ scorecard, published, rules, subjects, result });
      after = subjects[subjects.length - 1].id;
    }
    const before = published ? await this.#countBefore(published, access) : 0;
    return result.answer(Math.max(0, before - result.staying));
  }

  async #evaluate(options: {
    scorecard: ParsedScorecard;
    published: ScorecardDefinition | undefined;
    rules: RuleEvaluator;
    subjects: SubjectRow[];
    result: PreviewResult;
  }): Promise<void> {
    const { scorecard, published, subjects, result } = options;
    const { rules, population } = scorecard;
    const now = this.#now();
    const ids = subjects.map(({ id }) => id);
    const facts = await readFacts(this.#database, ids);
    const evaluated = await options.rules.evaluate({
      rules: rules.map(({ key, check, appliesTo, maxAge }) => ({
        id: `preview:${key}`,
        check,
        population,
        appliesTo: appliesTo === undefined ? undefined : [appliesTo],
        maxAge,
      })),
      subjects: subjects.map(({ id, document }) => ({
        document,
        facts: facts.get(id) ?? [],
      })),
      now,
    });
    const before = await this.#standings(published, ids);
    const exemptions = await activeExemptions(this.#database, ids, now);
    const ruleIds = new Map(published?.rules.map(rule => [rule.key, rule.id]));

    for (const [s, subject] of subjects.entries()) {
      const codes = rules.map(
        (_, r) => evaluated.outcomes[s * rules.length + r],
      );
      if (codes.some(code => code === 0)) {
        continue;
      }
      const outcomes = codes.map((code, r): RuleOutcome => {
        const outcome = OUTCOME_OF_CODE[code];
        const ruleId = ruleIds.get(rules[r].key);
        // An exemption of the published rule goes on
        return ['fail', 'noData', 'error'].includes(outcome) &&
          ruleId !== undefined &&
          exemptions.find({ subjectId: subject.id, ruleId }) !== undefined
          ? 'exempt'
          : outcome;
      });
      const { level, throughExemption, score } = computeStanding({
        rules,
        outcomes,
        now,
      });
      result.add({
        entityRef: subject.ref,
        title: subject.title ?? undefined,
        owner: subject.owner_ref ?? undefined,
        system: subject.system_ref ?? undefined,
        standing: {
          level: scorecard.levels[level - 1]?.id,
          throughExemption,
          score,
          since: new Date(now).toISOString(),
        },
        before: before.get(subject.id),
        outcomes,
        errors: Object.fromEntries(
          rules.flatMap(({ key }, r) => {
            const detail = evaluated.details.get(s * rules.length + r);
            return detail && outcomes[r] === 'error' ? [[key, detail]] : [];
          }),
        ),
      });
    }
  }

  async #standings(
    published: ScorecardDefinition | undefined,
    subjectIds: number[],
  ): Promise<Map<number, Standing>> {
    if (!published) {
      return new Map();
    }
    const rows: {
      subject_id: number;
      level: number;
      through_exemption: boolean | number;
      score: number | null;
      since: string | number;
    }[] = await whereAny(
      this.#database,
      this.#database('standings').where({ scorecard_id: published.id }),
      'subject_id',
      subjectIds,
    ).select('subject_id', 'level', 'through_exemption', 'score', 'since');
    return new Map(
      rows.map(row => [
        row.subject_id,
        {
          level: published.levels[row.level - 1]?.id,
          throughExemption: Boolean(row.through_exemption),
          score: row.score ?? undefined,
          since: new Date(toMillis(row.since)).toISOString(),
        },
      ]),
    );
  }

  async #countBefore(
    published: ScorecardDefinition,
    access: EntityFilter,
  ): Promise<number> {
    const query = this.#database('standings')
      .where({ scorecard_id: published.id })
      .count<{ count: string | number }[]>({ count: '*' });
    access(query, 'standings.subject_id');
    const [{ count }] = await query;
    return Number(count);
  }
}

function resultOf(
  error: unknown,
  signal: AbortSignal,
  timeout: AbortSignal,
): 'refused' | 'cancelled' | 'failed' {
  if (signal.aborted && !timeout.aborted) {
    return 'cancelled';
  }
  return error instanceof TooManyRequestsError ||
    error instanceof ServiceUnavailableError
    ? 'refused'
    : 'failed';
}
