import { parseEntityRef } from '@backstage/catalog-model';

/** The tab of an entity, below its page: at this scorecard, and at one of its rules. */
export function entityTab(scorecardRef: string, ruleId?: string): string {
  const { namespace, name } = parseEntityRef(scorecardRef);
  const query = new URLSearchParams({ scorecard: `${namespace}/${name}` });
  if (ruleId) {
    query.set('rule', ruleId);
  }
  return `/scorecards?${query}`;
}
