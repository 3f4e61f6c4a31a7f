import { countRepositories, inspectRun } from './state.mjs';

const owner = 'group:default/ticketing';
const COUNT = 5;

/** Runs that begin at the same moment: two of one name, and some of different ones. */
export async function inspectRace({ portal, checks, rows }) {
  const begin = async name => {
    const id = await portal.runTemplate({
      values: { name, owner, description: 'Is in a hurry' },
    });
    return portal.waitForTask(id, { timeoutMs: 120_000 });
  };

  const started = Date.now();
  const before = await countRepositories(portal);
  const name = 'fault-wanted-twice';
  const both = await Promise.all([begin(name), begin(name)]);
  const winner = both.find(({ status }) => status === 'completed');
  const loser = both.find(({ status }) => status === 'failed');
  checks.that('race: one of two runs has the name', winner && loser);
  checks.that(
    'race: the other one says why it has not',
    /^name: /.test(loser?.error?.message),
    loser?.error?.message,
  );
  const { created } = await portal.json(
    `/api/scaffolder/golden-path/runs/${loser?.id}`,
  );
  checks.same('race: and leaves nothing', created, []);
  const there = await inspectRun({
    portal,
    checks,
    moment: { name: 'race' },
    name,
    id: winner?.id,
    before,
  });
  rows.push([
    'two runs, one name',
    'one completed',
    there.repositories,
    there.entities,
    there.folders,
    1,
    Math.round((Date.now() - started) / 1000),
  ]);

  const names = Array.from(
    { length: COUNT },
    (_, index) => `fault-at-once-${index}`,
  );
  const tasks = await Promise.all(names.map(begin));
  for (const [index, task] of tasks.entries()) {
    checks.same(`race: ${names[index]} ends well`, task.status, 'completed');
    await inspectRun({
      portal,
      checks,
      moment: { name: `race: ${names[index]}` },
      name: names[index],
      id: task.id,
      before: (await countRepositories(portal)) - 1,
    });
  }
  return [name, ...names];
}
