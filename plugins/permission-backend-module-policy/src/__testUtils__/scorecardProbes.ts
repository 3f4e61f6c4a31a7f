import { Column } from './matrix';
import { KEPT_TEMPLATE, ruleOf, SCORECARD, SHOP, TOOL } from './organization';
import { allowed, Probe } from './Probe';
import { Answer, Portal } from './startPortal';

const API = '/api/scorecards';
const RESULTS = `${API}/scorecards/default/ready/results?limit=100`;

/** Of an entity: `component:default/shop` is at `component/default/shop`. */
const pathOf = (entityRef: string) => entityRef.replace(':', '/');

/** How to try each row about scorecards, by the row's key. */
export async function createScorecardProbes(
  portal: Portal,
): Promise<Record<string, Probe>> {
  const { call, until } = portal;

  await until('scorecards are evaluated', async () => {
    const { status, body } = await call('platform', RESULTS);
    return status === 200 && namesIn(body).includes(KEPT_TEMPLATE)
      ? true
      : undefined;
  });

  const read =
    (entityRef: string): Probe =>
    async who =>
      allowed(await call(who, `${API}/entities/${pathOf(entityRef)}`));

  const push =
    (entityRef: string): Probe =>
    async who => {
      const answer = await call(who, `${API}/facts`, {
        body: {
          facts: [
            {
              entityRef,
              name: 'owned',
              value: true,
              observedAt: new Date().toISOString(),
            },
          ],
        },
      });
      if (answer.status !== 200) {
        return allowed(answer);
      }
      const [{ status, error }] = answer.body.items;
      if (status === 'rejected') {
        expect(['NotAllowedError', 'NotFoundError']).toContain(error.name);
      }
      return status === 'rejected' ? '-' : 'y';
    };

  const request = (who: Column, ruleId: string): Promise<Answer> =>
    call(who, `${API}/exemptions`, {
      body: {
        entityRef: SHOP,
        scorecardRef: SCORECARD,
        ruleId,
        reason: 'It is tried out',
        expiresAt: new Date(Date.now() + 86_400_000).toISOString(),
      },
    });
  const approve = async (who: Column, { body }: Answer): Promise<string> =>
    allowed(
      await call(who, `${API}/exemptions/${body.id}/approve`, { body: {} }),
    );

  return {
    'read-scorecards': read(SHOP),
    'read-scorecards-kept': read(KEPT_TEMPLATE),
    async 'list-results'(who) {
      const { status, body } = await call(who, RESULTS);
      if (status !== 200) {
        return allowed({ status, body });
      }
      const names = namesIn(body);
      expect(names).toContain(SHOP);
      // What is kept is neither listed nor counted
      const kept = await read(KEPT_TEMPLATE)(who);
      expect(names.includes(KEPT_TEMPLATE)).toBe(kept === 'y');
      if (body.totalItems !== undefined) {
        expect(body.totalItems).toBe(names.length);
      }
      return 'y';
    },
    'push-fact': push(SHOP),
    'push-foreign-fact': push(TOOL),
    'run-evaluation': async who =>
      allowed(
        await call(who, `${API}/entities/${pathOf(SHOP)}/evaluations`, {
          body: {},
        }),
      ),
    'preview-scorecard': async who =>
      allowed(
        await call(who, `${API}/previews`, {
          body: {
            scorecard: {
              apiVersion: 'waymark.dev/v1alpha1',
              kind: 'Scorecard',
              metadata: { name: 'ready' },
              spec: {
                owner: 'platform',
                appliesTo: { kind: 'Component' },
                levels: [{ id: 'ready' }],
                rules: [{ id: 'owned', title: 'Owned', check: 'facts.owned' }],
              },
            },
          },
        }),
      ),
    'request-exemption': async who =>
      allowed(await request(who, ruleOf('request', who))),
    async 'read-exemptions'(who) {
      const { status, body } = await call(who, `${API}/exemptions?limit=100`);
      if (status !== 200) {
        return allowed({ status, body });
      }
      const rules = body.items.map((item: any) => item.ruleId);
      return rules.includes(ruleOf('request', 'engineer')) ? 'y' : '-';
    },
    async 'decide-exemption'(who) {
      const asked = await request('squad-lead', ruleOf('decide', who));
      expect(asked.status).toBe(201);
      return approve(who, asked);
    },
    async 'approve-own-exemption'(who) {
      const asked = await request(who, ruleOf('own', who));
      return asked.status === 201 ? approve(who, asked) : allowed(asked);
    },
  };
}

function namesIn(body: any): string[] {
  return body.items.map((item: any) => item.entityRef);
}
