import type { ReportRequest } from '@waymark/plugin-golden-paths-common';
import { useAddress } from '@waymark/ui';
import { useMemo } from 'react';

/** What can be chosen. */
export const WEEKS: readonly number[] = [13, 26, 52];

const DEFAULT_WEEKS = 26;

/** Which services; each is called in the address as in the API. */
const NAMES = ['owner', 'system', 'domain', 'template'] as const;

/** What the reports are about, as their address says. */
export interface Filters {
  owner?: string;
  /** Of the owner only what is its own, without that of groups below it. */
  direct: boolean;
  system?: string;
  domain?: string;
  template?: string;
  weeks: number;
  /** The same for reports; the same object as long as nothing changes. */
  request: ReportRequest;
  /** The same for addresses, beginning with `?` where there is something to say. */
  search: (more?: { [name: string]: string | undefined }) => string;
  /** Some of it is changed; undefined removes. */
  change: (values: { [name: string]: string | undefined }) => void;
}

/** Reads what the reports are about from their address. */
export function useFilters(): Filters {
  const [query, change] = useAddress();
  const direct = query.get('direct') === 'true' && query.has('owner');
  const asked = Number(query.get('weeks'));
  const weeks = WEEKS.includes(asked) ? asked : DEFAULT_WEEKS;
  const [owner, system, domain, template] = NAMES.map(
    name => query.get(name) || undefined,
  );
  return useMemo(() => {
    const chosen = { owner, system, domain, template };
    const words = {
      ...chosen,
      direct: direct ? 'true' : undefined,
      weeks: weeks === DEFAULT_WEEKS ? undefined : String(weeks),
    };
    return {
      ...chosen,
      direct,
      weeks,
      request: { ...chosen, ...(direct && { direct }), weeks },
      search: (more = {}) => {
        const entries = Object.entries({ ...words, ...more }).filter(
          (entry): entry is [string, string] => Boolean(entry[1]),
        );
        return entries.length > 0 ? `?${new URLSearchParams(entries)}` : '';
      },
      change,
    };
  }, [owner, direct, system, domain, template, weeks, change]);
}
