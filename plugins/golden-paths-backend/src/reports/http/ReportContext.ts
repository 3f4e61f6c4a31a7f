import {
  BackstageCredentials,
  HttpAuthService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { EntityAccess, EntityFilter } from '@waymark/backend-support';
import { goldenPathsReportReadPermission } from '@waymark/plugin-golden-paths-common';
import { Request } from 'express';
import { Knex } from 'knex';
import { Weeks } from '../../calendar/Weeks';
import { ReportSettings } from '../ReportSettings';
import { NarrowRuns, visibleRuns } from '../runs/VisibleRuns';
import { ReportPeriod, reportPeriod } from '../scope/ReportPeriod';
import {
  findReportScope,
  ReportScope,
  ReportSelection,
} from '../scope/ReportScope';
import { periodShape, scopeShape } from './reportQuery';

/** Kept of one caller: each holds the ids of all services that are asked for. */
const MAX_SCOPES = 50;

/** @internal */
export interface ReportContextOptions {
  access: EntityAccess;
  httpAuth: HttpAuthService;
  knex: Knex;
  now: () => number;
  permissions: PermissionsService;
  settings: ReportSettings;
}

/** What every report needs to know. */
export interface AskedReport {
  knex: Knex;
  now: number;
  period: ReportPeriod;
  scope: ReportScope;
  settings: ReportSettings;
  weeks: Weeks;
}

/**
 * What routes of reports share: who asks, and about what.
 *
 * @internal
 */
export class ReportContext {
  readonly access: EntityAccess;
  readonly now: () => number;
  readonly settings: ReportSettings;
  /** The fields of a query about weeks and services. */
  readonly shape;
  readonly weeks: Weeks;
  readonly #httpAuth: HttpAuthService;
  readonly #knex: Knex;
  readonly #permissions: PermissionsService;
  readonly #scopes = new WeakMap<
    EntityFilter,
    Map<string, Promise<ReportScope>>
  >();

  constructor(options: ReportContextOptions) {
    this.access = options.access;
    this.now = options.now;
    this.settings = options.settings;
    this.weeks = Weeks.of(options.settings.timeZone);
    this.shape = { ...scopeShape, ...periodShape(this.weeks, options.now) };
    this.#httpAuth = options.httpAuth;
    this.#knex = options.knex;
    this.#permissions = options.permissions;
  }

  /** @throws NotAllowedError when they may not read reports */
  async callerOf(request: Request) {
    const credentials = await this.#httpAuth.credentials(request);
    await this.access.requirePermission(
      credentials,
      goldenPathsReportReadPermission,
    );
    return credentials;
  }

  async ask(
    request: Request,
    asked: ReportSelection & { weeks?: number; until?: string },
  ): Promise<AskedReport> {
    const { weeks: count, until, ...selection } = asked;
    const { settings, weeks } = this;
    const credentials = await this.callerOf(request);
    const knex = this.#knex;
    const now = this.now();
    return {
      knex,
      now,
      period: reportPeriod({
        asked: { weeks: count, until },
        baseline: settings.baseline,
        now,
        weeks,
      }),
      scope: await this.#scopeOf(credentials, selection),
      settings,
      weeks,
    };
  }

  /**
   * The same for the same caller and question as long as the filter is, which knows a
   * few seconds as little of a change: the requests of one page are asked together.
   */
  async #scopeOf(
    credentials: BackstageCredentials,
    selection: ReportSelection,
  ): Promise<ReportScope> {
    const filter = await this.access.filter(credentials);
    const scopes = this.#scopes.get(filter) ?? new Map();
    this.#scopes.set(filter, scopes);
    const key = JSON.stringify(selection);
    const scope: Promise<ReportScope> =
      scopes.get(key) ??
      findReportScope({
        access: this.access,
        credentials,
        filter,
        knex: this.#knex,
        selection,
        services: this.settings.services,
      });
    if (scopes.size >= MAX_SCOPES) {
      scopes.clear();
    }
    scopes.set(key, scope);
    scope.catch(() => scopes.delete(key));
    return scope;
  }

  /** Which runs of the scaffolder the caller may open. */
  async runsOf(request: Request): Promise<NarrowRuns> {
    return visibleRuns({
      credentials: await this.#httpAuth.credentials(request),
      permissions: this.#permissions,
    });
  }
}
