import { createBackendModule } from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { createDeferred } from '@backstage/types';
import { eventually } from '@waymark/backend-test-support';
import { EntityScorecards } from '@waymark/plugin-scorecards-common';
import {
  FactCollector,
  factCollectorsExtensionPoint,
} from '@waymark/plugin-scorecards-node';
import { Scorecards, startScorecards } from '../__testUtils__/startScorecards';

const service = (name: string, lines: number) => ({
  kind: 'Component',
  metadata: { name },
  spec: { type: 'service', lifecycle: 'x', owner: 'user:ada', lines },
});

const PATH = '/entities/component/default/shop';

describe('an entity that is looked at because somebody asks', () => {
  let scorecards: Scorecards;
  let calls = 0;
  let gate: Promise<void> | undefined;
  let error: Error | undefined;
  const counter: FactCollector = {
    id: 'counter',
    title: 'Counter',
    facts: [{ name: 'lines', type: 'number', description: 'Lines' }],
    appliesTo: { kind: 'Component' },
    every: { days: 1 },
    async *collect({ entities }) {
      calls += 1;
      await gate;
      if (error) {
        throw error;
      }
      for (const entity of entities) {
        const lines = Number(entity.spec?.lines);
        yield {
          entityRef: stringifyEntityRef(entity),
          facts: [{ name: 'lines', value: lines + calls / 100 }],
        };
      }
    },
  };

  beforeAll(async () => {
    scorecards = await startScorecards({
      id: 'SQLITE_3',
      entities: [
        service('shop', 10),
        {
          apiVersion: 'waymark.dev/v1alpha1',
          kind: 'Scorecard',
          metadata: { name: 'size' },
          spec: {
            owner: 'user:ada',
            appliesTo: { kind: 'Component' },
            levels: [{ id: 'small' }],
            rules: [
              {
                id: 'lines',
                title: 'Few',
                level: 'small',
                check: 'facts.lines < 20.0',
              },
            ],
          },
        },
      ],
      features: [
        createBackendModule({
          pluginId: 'scorecards',
          moduleId: 'counter',
          register: env =>
            env.registerInit({
              deps: { collectors: factCollectorsExtensionPoint },
              init: async ({ collectors }) => collectors.addCollectors(counter),
            }),
        }),
      ],
    });
  });
  afterAll(() => scorecards?.stop());

  const check = (user = 'ada', path = PATH) =>
    scorecards.call(`${path}/evaluations`, { method: 'POST', user });
  const outcomeOf = ({ body }: { body: EntityScorecards }) => {
    const [rule] = body.scorecards[0].rules;
    return [rule.outcome, rule.evidence.inputs[0]?.value];
  };

  it('is collected by itself, and evaluated', async () => {
    await eventually('the outcome is there', async () => {
      const answer = await scorecards.call(PATH, { user: 'ada' });
      return answer.body.scorecards[0]?.rules[0].outcome === 'pass';
    });
    expect(calls).toBe(1);
  });

  it('is collected and evaluated once for all who ask meanwhile', async () => {
    const opened = createDeferred<void>();
    gate = opened;
    const both = [check(), check()];
    await eventually('it has begun', () => calls === 2);
    opened.resolve();
    for (const answer of await Promise.all(both)) {
      expect(answer.status).toBe(200);
      expect(answer.body.collectors).toEqual([
        { id: 'counter', title: 'Counter', status: 'collected' },
      ]);
      expect(outcomeOf(answer)).toEqual(['pass', 10.02]);
    }
    expect(calls).toBe(2);
  });

  it('keeps its facts when the source fails, which is told', async () => {
    error = new Error('GET https://x.example/?token=abc answered 500');
    const answer = await check();
    expect(answer.body.collectors).toEqual([
      {
        id: 'counter',
        title: 'Counter',
        status: 'failed',
        message: 'GET https://x.example/ answered 500',
      },
    ]);
    expect(outcomeOf(answer)).toEqual(['pass', 10.02]);
    expect(answer.body.scorecards[0].rules[0].evidence.inputs[0]).toMatchObject(
      { stale: true, staleReason: 'GET https://x.example/ answered 500' },
    );
    error = undefined;
    expect(outcomeOf(await check())).toEqual(['pass', 10.04]);
  });

  it('may be new, and changed', async () => {
    await scorecards.catalog.put(service('till', 30));
    const answer = await check('ada', '/entities/component/default/till');
    expect(outcomeOf(answer)[0]).toBe('fail');
    expect(
      (await check('ada', '/entities/component/default/none')).status,
    ).toBe(404);
    expect((await check('ben')).status).toBe(403);
    expect(
      (await scorecards.call(`${PATH}/evaluations`, { method: 'POST' })).status,
    ).toBe(401);
  });
});
