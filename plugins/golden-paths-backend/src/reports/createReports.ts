import { RootConfigService } from '@backstage/backend-plugin-api';
import { Router } from 'express';
import { createEntityRouter } from './http/createEntityRouter';
import { createPathsRouter } from './http/createPathsRouter';
import { createRowsRouter } from './http/createRowsRouter';
import { createSummaryRouter } from './http/createSummaryRouter';
import { ReportContext, ReportContextOptions } from './http/ReportContext';
import { readReportSettings } from './ReportSettings';

/**
 * All that is told about delivery, to each of what they may see.
 *
 * @internal
 */
export function createReports(
  options: Omit<ReportContextOptions, 'settings'> & {
    config: RootConfigService;
  },
): Router[] {
  const context = new ReportContext({
    ...options,
    settings: readReportSettings(options.config),
  });
  return [
    createSummaryRouter(context),
    createRowsRouter(context),
    createPathsRouter(context),
    createEntityRouter(context),
  ];
}
