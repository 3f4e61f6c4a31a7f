import { parseEntityRef } from '@backstage/catalog-model';

/** A scorecard as the address of the tab names it: `default/production-readiness`. */
export function scorecardParam(scorecardRef: string): string {
  const { namespace, name } = parseEntityRef(scorecardRef);
  return `${namespace}/${name}`;
}

/**
 * What follows the address of the tab of an entity to open a scorecard in it, and a
 * rule there: `?scorecard=default/readiness&rule=on-call`.
 */
export function tabQuery(options: {
  scorecardRef: string;
  ruleId?: string;
}): string {
  const { scorecardRef, ruleId } = options;
  const query = new URLSearchParams({
    scorecard: scorecardParam(scorecardRef),
    ...(ruleId !== undefined && { rule: ruleId }),
  });
  // Slashes may stand in a query, and are easier to read and to write
  return `?${String(query).replaceAll('%2F', '/')}`;
}

/** The same, from the address of the entity on. */
export function tabAddress(options: Parameters<typeof tabQuery>[0]): string {
  return `/scorecards${tabQuery(options)}`;
}
