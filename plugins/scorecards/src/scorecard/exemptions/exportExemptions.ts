import {
  csvLine,
  type Exemption,
  type ExemptionsRequest,
  type ScorecardsApi,
} from '@waymark/plugin-scorecards-common';

/** By it, spreadsheets know that the file is UTF-8. */
const BYTE_ORDER_MARK = '\uFEFF';

/** As many as the backend gives at once. */
const PAGE_SIZE = 100;

/** The columns of the file, in their order. */
const COLUMNS: {
  [title: string]: (exemption: Exemption) => string | undefined;
} = {
  entity: each => each.entityRef,
  title: each => each.entityTitle,
  scorecard: each => each.scorecardRef,
  rule: each => each.ruleId,
  'rule title': each => each.ruleTitle,
  state: each => each.state,
  reason: each => each.reason,
  'requested by': each => each.requestedBy,
  'requested at': each => each.requestedAt,
  from: each => each.startsAt,
  until: each => each.expiresAt,
  'decided by': each => each.decidedBy,
  'decided at': each => each.decidedAt,
  'decision note': each => each.decisionNote,
  'revoked by': each => each.revokedBy,
  'revoked at': each => each.revokedAt,
  'revocation note': each => each.revocationNote,
};

/** Everything of the history, whatever became of it: one line per exemption. */
export async function exportExemptions(
  client: ScorecardsApi,
  options: {
    filter: Pick<ExemptionsRequest, 'scorecard' | 'state' | 'rule' | 'owner'>;
    /** Of the scorecard, without its namespace. */
    name: string;
    signal: AbortSignal;
  },
): Promise<File> {
  const { filter, name, signal } = options;
  const lines = [BYTE_ORDER_MARK + csvLine(Object.keys(COLUMNS))];
  let cursor: string | undefined;
  do {
    const page = await client.listExemptions(
      { ...filter, cursor, limit: PAGE_SIZE },
      { signal },
    );
    for (const exemption of page.items) {
      lines.push(csvLine(Object.values(COLUMNS).map(read => read(exemption))));
    }
    cursor = page.nextCursor;
  } while (cursor);
  const day = new Date().toISOString().slice(0, 10);
  return new File(lines, `${name}-exemptions-${day}.csv`, { type: 'text/csv' });
}
