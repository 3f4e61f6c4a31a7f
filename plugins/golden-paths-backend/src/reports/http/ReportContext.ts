import {
  HttpAuthService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { EntityAccess } from '@waymark/backend-support';
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
    const { access, settings, weeks } = this;
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
      scope: await findReportScope({
        access,
        credentials,
        knex,
        selection,
        services: settings.services,
      }),
      settings,
      weeks,
    };
  }

  /** Which runs of the scaffolder the caller may open. */
  async runsOf(request: Request): Promise<NarrowRuns> {
    return visibleRuns({
      credentials: await this.#httpAuth.credentials(request),
      permissions: this.#permissions,
    });
  }
}
