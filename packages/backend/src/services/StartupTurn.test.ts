import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import knexFactory, { Knex } from 'knex';
import { StartupTurn } from './StartupTurn';

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

// The lock is PostgreSQL's own; without a server there is nothing to show
const describeOn = databases.supports('POSTGRES_18') ? describe : describe.skip;

describeOn('StartupTurn', () => {
  let shared: Knex;
  const replicas: Knex[] = [];
  const logger = mockServices.logger.mock();

  function replica(): Knex {
    const knex = knexFactory({
      ...shared.client.config,
      pool: { min: 0, max: 1 },
    });
    replicas.push(knex);
    return knex;
  }
  let stopping: AbortController;
  const take = (knex: Knex, patienceMs = 30_000) =>
    StartupTurn.take({ knex, logger, patienceMs, signal: stopping.signal });

  beforeEach(async () => {
    stopping = new AbortController();
    shared = await databases.init('POSTGRES_18');
  });
  afterEach(async () => {
    stopping.abort();
    await Promise.all(replicas.splice(0).map(knex => knex.destroy()));
  });

  it('lets one replica after the other start', async () => {
    let starting = 0;
    const most: number[] = [];
    await Promise.all(
      [replica(), replica(), replica()].map(async knex => {
        const turn = await take(knex);
        starting += 1;
        most.push(starting);
        await new Promise(resolve => setTimeout(resolve, 100));
        starting -= 1;
        await turn.release();
        // And the connection is free again
        await knex.raw('SELECT 1');
      }),
    );
    expect(most).toEqual([1, 1, 1]);
    expect(logger.info).toHaveBeenCalledWith(
      'Waiting for another replica to start',
    );
  });

  it('goes on when the one before dies', async () => {
    const first = replica();
    await take(first);
    const second = take(replica());
    const [{ pid }] = (
      await shared.raw(
        `SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted`,
      )
    ).rows;
    await shared.raw('SELECT pg_terminate_backend(?)', [pid]);
    await expect(second).resolves.toBeDefined();
  });

  it('ends with a replica that stops before its turn', async () => {
    await take(replica());
    const waiting = take(replica());
    setTimeout(() => stopping.abort(new Error('stopped')), 300);
    await expect(waiting).rejects.toThrow('stopped');
    // Nothing of either keeps the next one
    stopping = new AbortController();
    await expect(take(replica(), 5000)).resolves.toBeDefined();
    expect(logger.warn).not.toHaveBeenCalled();
  });

  it('does not wait for ever', async () => {
    await take(replica());
    await take(replica(), 500);
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('starts beside it'),
    );
  });
});
