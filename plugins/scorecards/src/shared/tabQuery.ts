import { parseEntityRef } from '@backstage/catalog-model';

/**
 * What follows the address of an entity's page to open a scorecard in its tab, and
 * a rule there: `/scorecards?scorecard=default/readiness&rule=on-call`.
 */
export function tabQuery(options: {
  scorecardRef: string;
  ruleId?: string;
}): string {
  const { scorecardRef, ruleId } = options;
  const { namespace, name } = parseEntityRef(scorecardRef);
  const query = new URLSearchParams({
    scorecard: `${namespace}/${name}`,
    ...(ruleId !== undefined && { rule: ruleId }),
  });
  // Slashes may stand in a query, and are easier to read
  return `/scorecards?${String(query).replaceAll('%2F', '/')}`;
}
