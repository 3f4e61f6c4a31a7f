import { FACTS, SERVICES, expected, refOf } from './company.mjs';

/** What is there in the end, by SQL and over REST. */

/** Statements that find what must not be; each says how many. */
const wrongs = {
  'nothing is left to evaluate':
    'SELECT count(*) AS n FROM scorecards.subjects WHERE due_at <= $1',
  'the newest transition of each outcome is that outcome': `
    WITH newest AS (
      SELECT DISTINCT ON (subject_id, rule_id) *
      FROM scorecards.outcome_transitions ORDER BY subject_id, rule_id, at DESC, id DESC
    )
    SELECT count(*) AS n FROM scorecards.outcomes o
    FULL JOIN newest t ON t.subject_id = o.subject_id AND t.rule_id = o.rule_id
    WHERE (t.outcome IS DISTINCT FROM o.outcome OR t.rule_revision_id <> o.rule_revision_id
      OR t.at <> o.since)`,
  'no transition repeats the one before': `
    SELECT count(*) AS n FROM (
      SELECT outcome, rule_revision_id, exemption_id, detail,
        lag(outcome) OVER w AS o, lag(rule_revision_id) OVER w AS r,
        lag(exemption_id) OVER w AS e, lag(detail) OVER w AS d, row_number() OVER w AS i
      FROM scorecards.outcome_transitions
      WINDOW w AS (PARTITION BY subject_id, rule_id ORDER BY at, id)
    ) t WHERE i > 1 AND outcome IS NOT DISTINCT FROM o AND rule_revision_id = r
      AND exemption_id IS NOT DISTINCT FROM e AND detail IS NOT DISTINCT FROM d`,
  'transitions follow each other in time': `
    SELECT count(*) AS n FROM (
      SELECT at, lag(at) OVER (PARTITION BY subject_id, rule_id ORDER BY id) AS before
      FROM scorecards.outcome_transitions
    ) t WHERE at < before`,
  'the newest transition of each standing is that standing': `
    WITH newest AS (
      SELECT DISTINCT ON (subject_id, scorecard_id) *
      FROM scorecards.standing_transitions ORDER BY subject_id, scorecard_id, at DESC, id DESC
    )
    SELECT count(*) AS n FROM scorecards.standings s
    FULL JOIN newest t ON t.subject_id = s.subject_id AND t.scorecard_id = s.scorecard_id
    WHERE (t.level IS DISTINCT FROM s.level OR t.score IS DISTINCT FROM s.score)`,
  'no standing repeats the one before': `
    SELECT count(*) AS n FROM (
      SELECT level, score, through_exemption, scorecard_revision_id,
        lag(level) OVER w AS l, lag(score) OVER w AS s, lag(through_exemption) OVER w AS t,
        lag(scorecard_revision_id) OVER w AS r, row_number() OVER w AS i
      FROM scorecards.standing_transitions
      WINDOW w AS (PARTITION BY subject_id, scorecard_id ORDER BY at, id)
    ) t WHERE i > 1 AND level IS NOT DISTINCT FROM l AND score IS NOT DISTINCT FROM s
      AND through_exemption = t AND scorecard_revision_id = r`,
  'every level that a transition goes on from is the one before it': `
    SELECT count(*) AS n FROM (
      SELECT previous_level, lag(level) OVER (
        PARTITION BY subject_id, scorecard_id ORDER BY at, id) AS before, row_number() OVER (
        PARTITION BY subject_id, scorecard_id ORDER BY at, id) AS i
      FROM scorecards.standing_transitions
    ) t WHERE i > 1 AND previous_level IS DISTINCT FROM before`,
};

export async function inspectTables({ query, checks }) {
  for (const [title, sql] of Object.entries(wrongs)) {
    const [{ n }] = await query(sql, sql.includes('$1') ? [Date.now()] : []);
    checks.same(title, Number(n), 0);
  }
}

/** Everything that was said to be taken is there, and judged as it ought to be. */
export async function inspectServices({ json, traffic, checks }) {
  const lost = [];
  const misjudged = [];
  for (let index = 0; index < SERVICES; index++) {
    const path = refOf(index).replace(':', '/');
    const stored = await json(`/api/scorecards/facts/${path}`);
    const facts = Object.fromEntries(
      stored.items.map(({ name, value }) => [name, value]),
    );
    for (const name of FACTS) {
      const possible = traffic.possibleValues(index, name);
      if (!possible.includes(facts[name])) {
        lost.push(`${refOf(index)} ${name}: ${facts[name]}, not ${possible}`);
      }
    }
    const answer = await json(`/api/scorecards/entities/${path}`);
    const said = Object.fromEntries(
      answer.scorecards.map(({ scorecardRef, standing, rules }) => [
        scorecardRef,
        {
          outcomes: Object.fromEntries(
            rules.map(({ ruleId, outcome }) => [ruleId, outcome]),
          ),
          level: standing.level,
        },
      ]),
    );
    const right = traffic
      .possibleLifecycles(index)
      .map(lifecycle => expected({ facts, lifecycle }));
    if (!right.some(one => sameText(one, said))) {
      misjudged.push(`${refOf(index)}: ${text(said)}, not ${text(right)}`);
    }
  }
  checks.same('every fact that was taken is there', lost.slice(0, 3), []);
  checks.same('every service is judged rightly', misjudged.slice(0, 3), []);
}

const text = value => JSON.stringify(value);

function sameText(one, other) {
  const sorted = value =>
    text(
      Object.entries(value)
        .sort()
        .map(([key, { outcomes, level }]) => [
          key,
          Object.entries(outcomes).sort(),
          level,
        ]),
    );
  return sorted(one) === sorted(other);
}

/** What was decided in the past is still explained by the values it was decided by. */
export async function inspectHistory({ json, query, checks }) {
  const moments = await query(`
    SELECT ref, at FROM (
      SELECT s.ref, t.at, row_number() OVER (PARTITION BY s.ref ORDER BY random()) AS i
      FROM scorecards.outcome_transitions t JOIN scorecards.subjects s ON s.id = t.subject_id
    ) moments WHERE i <= 4`);
  const unexplained = [];
  let explained = 0;
  for (const { ref, at } of moments) {
    const asOf = new Date(Number(at)).toISOString();
    const path = ref.replace(':', '/');
    const { scorecards } = await json(
      `/api/scorecards/entities/${path}?asOf=${encodeURIComponent(asOf)}`,
    );
    for (const { ruleId, outcome, evidence } of scorecards.flatMap(
      ({ rules }) => rules,
    )) {
      const value = evidence.inputs[0]?.value;
      if (explains(value, outcome)) {
        explained += 1;
      } else {
        unexplained.push(`${ref} ${ruleId} ${asOf}: ${outcome}, ${value}`);
      }
    }
  }
  checks.that('the past was looked at', explained > 0);
  checks.same('and is explained by its values', unexplained.slice(0, 3), []);
}

function explains(value, outcome) {
  const right =
    typeof value === 'string' ? value === 'production' : value >= 50;
  if (value === undefined) {
    return outcome === 'noData';
  }
  return outcome === (right ? 'pass' : 'fail');
}

/** Owners were told once of each change of a level. */
export async function inspectNotifications({ query, until, checks }) {
  const untold = `
    SELECT count(*) AS n FROM scorecards.standing_transitions
    WHERE notified_at IS NULL
      AND level <> previous_level`;
  const told = await until(
    async () => Number((await query(untold))[0].n) === 0,
    60_000,
  );
  checks.that('every change of a level was told', told);
  const [{ n: sent }] = await query(
    'SELECT count(*) AS n FROM notifications.notification',
  );
  checks.that('there are notifications', Number(sent) > 0);
  const [{ n: doubled }] = await query(`
    SELECT count(*) AS n FROM (
      SELECT 1 FROM notifications.notification
      GROUP BY "user", scope, topic HAVING count(*) > 1
    ) t`);
  checks.same('nobody was told twice', Number(doubled), 0);
}
