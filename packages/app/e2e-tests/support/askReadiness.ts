import { type APIRequestContext } from '@playwright/test';

interface Rule {
  ruleId: string;
  outcome: string;
  evidence: {
    inputs: { path: string; value?: unknown; source?: string }[];
  };
}

interface Scorecard {
  scorecardRef: string;
  standing: { level?: string };
  rules: Rule[];
}

/** Asks as guest how components stand on production readiness. */
export async function askReadiness(request: APIRequestContext) {
  const signIn = await request.post('/api/auth/guest/refresh', {
    headers: { 'x-requested-with': 'XMLHttpRequest' },
  });
  const { token } = (await signIn.json()).backstageIdentity;
  const headers = { authorization: `Bearer ${token}` };

  /** How a component stands on production readiness; undefined before it is judged. */
  async function readiness(name: string): Promise<Scorecard | undefined> {
    const response = await request.get(
      `/api/scorecards/entities/component/default/${name}`,
      { headers },
    );
    const { scorecards = [] }: { scorecards?: Scorecard[] } =
      await response.json();
    return scorecards.find(
      ({ scorecardRef }) =>
        scorecardRef === 'scorecard:default/production-readiness',
    );
  }

  return {
    headers,
    readiness,

    async outcomes(name: string): Promise<Record<string, string>> {
      const rules = (await readiness(name))?.rules ?? [];
      return Object.fromEntries(
        rules.map(({ ruleId, outcome }) => [ruleId, outcome]),
      );
    },

    /** What a rule read, by the last word of its path. */
    async evidence(name: string, id: string) {
      const rule = (await readiness(name))?.rules.find(
        ({ ruleId }) => ruleId === id,
      );
      return rule?.evidence.inputs[0];
    },
  };
}
