import { type Page } from '@playwright/test';

/** What the tab `Pipeline` of a service shows. */
export function pipelinePage(page: Page) {
  const latest = page.getByRole('region', { name: /^Latest run: / });
  const stages = latest
    .getByRole('list', { name: /^Stages of run / })
    .getByRole('listitem');
  return {
    service: page.getByRole('region', { name: 'Running service: staging' }),
    latest,
    /** How the latest run stands as a whole. */
    status: latest.getByRole('status').first(),
    stages,
    stage: (called: string) => stages.filter({ hasText: called }).first(),
    log: (stage: string, run: number) =>
      page.getByRole('region', { name: `Log of ${stage}, run ${run}` }),
  };
}
