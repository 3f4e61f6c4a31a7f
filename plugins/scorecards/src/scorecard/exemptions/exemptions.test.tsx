import { screen, waitFor, within } from '@testing-library/react';
import type { Exemption } from '@waymark/plugin-scorecards-common';
import { refuse, type SeenRequest } from '@waymark/frontend-test-support';
import { renderScorecards } from '../../__testUtils__/renderScorecards';
import { ScorecardPage } from '../ScorecardPage';

const DAY = 24 * 60 * 60 * 1000;
const inDays = (days: number) =>
  new Date(Date.now() + days * DAY).toISOString();

const LEVELS = [
  { id: 'bronze', title: 'Bronze' },
  { id: 'silver', title: 'Silver' },
];
const SCORECARD = {
  scorecardRef: 'scorecard:default/readiness',
  title: 'Readiness',
  owner: 'group:default/platform',
  lifecycle: 'live',
  appliesTo: { kind: 'Component' },
  levels: LEVELS,
  rules: [
    {
      id: 'coverage',
      title: 'Is tested',
      level: 'silver',
      weight: 1,
      check: 'facts.coverage.percent >= 80',
    },
  ],
  entities: [],
};

function createExemption(override: Partial<Exemption> = {}): Exemption {
  return {
    id: '1',
    entityRef: 'component:default/shop',
    entityTitle: 'Ticket shop',
    scorecardRef: SCORECARD.scorecardRef,
    ruleId: 'coverage',
    ruleTitle: 'Is tested',
    outcome: 'fail',
    state: 'requested',
    reason: 'Browser tests report no coverage',
    requestedBy: 'user:default/joel',
    requestedAt: inDays(-1),
    expiresAt: inDays(90),
    ...override,
  };
}

/** How the shop stands. */
function standing(outcome: string, withoutExemption?: string) {
  return {
    entityRef: 'component:default/shop',
    asOf: inDays(0),
    scorecards: [
      {
        scorecardRef: SCORECARD.scorecardRef,
        title: 'Readiness',
        lifecycle: 'live',
        levels: LEVELS,
        standing: {
          level: outcome === 'exempt' ? 'silver' : 'bronze',
          throughExemption: outcome === 'exempt',
          since: inDays(-9),
        },
        rules: [
          { id: 'runbook', level: 'bronze', outcome: 'pass' },
          { id: 'coverage', level: 'silver', outcome },
        ].map(({ id, ...rule }) => ({
          ...rule,
          ruleId: id,
          title: id,
          weight: 1,
          since: inDays(-9),
          counts: true,
          evidence: {
            expression: 'true',
            inputs: [],
            message: 'It is 61',
            withoutExemption: id === 'coverage' ? withoutExemption : undefined,
          },
        })),
        nextSteps: undefined,
      },
    ],
  };
}

/** A tab over these exemptions; what is decided changes them, as the backend would. */
function renderTab(options: {
  exemptions: Exemption[];
  query?: string;
  /** Of the list, when it is divided. */
  pageSize?: number;
  entity?: unknown;
  isAllowed?: (permission: string) => boolean;
  decide?: (request: SeenRequest) => { status?: number; body: unknown };
}) {
  const { entity } = options;
  let exemptions = options.exemptions;
  const isDecision = ({ method }: SeenRequest) => method === 'POST';
  const rendered = renderScorecards({
    element: <ScorecardPage />,
    path: '/scorecards/:namespace/:name/*',
    address: `/scorecards/default/readiness/exemptions${options.query ?? ''}`,
    isAllowed: options.isAllowed,
    answer: request => {
      const { path, query } = request;
      if (path === '/scorecards/default/readiness') {
        return { body: SCORECARD };
      }
      if (path === '/entities/component/default/shop') {
        return entity ? { body: entity } : undefined;
      }
      if (path === '/exemptions') {
        const items = exemptions.filter(
          ({ state }) => !query.has('state') || query.get('state') === state,
        );
        const from = Number(query.get('cursor') ?? 0);
        const end = from + (options.pageSize ?? items.length);
        return {
          body: {
            items: items.slice(from, end),
            totalItems: items.length,
            nextCursor: end < items.length ? String(end) : undefined,
          },
        };
      }
      const [, id, action] = path.match(/^\/exemptions\/(\d+)\/(\w+)$/) ?? [];
      const refusal = options.decide?.(request);
      if (id && isDecision(request)) {
        const state = (
          { approve: 'approved', deny: 'denied', revoke: 'revoked' } as const
        )[action as 'approve' | 'deny' | 'revoke'];
        exemptions = exemptions.map(each =>
          each.id === id ? { ...each, state } : each,
        );
        return refusal ?? { body: exemptions.find(each => each.id === id) };
      }
      return undefined;
    },
  });
  return {
    ...rendered,
    decisions: () => rendered.requests.filter(isDecision),
  };
}

const findQueue = () =>
  screen.findByRole('region', { name: 'Waiting for a decision' });
const findHistory = () => screen.findByRole('region', { name: 'History' });

describe('the exemptions of a scorecard', () => {
  it('are approved by those who may, who are told what will follow', async () => {
    const { user, decisions } = renderTab({
      exemptions: [createExemption()],
      entity: standing('fail'),
    });
    const queue = await findQueue();
    const open = await within(queue).findByRole('button', {
      name: 'Approve: Is tested for Ticket shop',
    });
    expect(queue).toHaveTextContent('Browser tests report no coverage');
    expect(queue).toHaveTextContent('Now: Fail');
    expect(
      within(queue).getByRole('link', { name: 'Ticket shop' }),
    ).toHaveAttribute(
      'href',
      '/catalog/default/component/shop/scorecards?scorecard=default/readiness&rule=coverage',
    );

    await user.click(open);
    const dialog = await screen.findByRole('dialog', {
      name: 'Approve this exemption?',
    });
    expect(dialog).toHaveTextContent(
      /Until \d+ \w+ \d{4} the rule “Is tested” counts as exempt for Ticket shop/,
    );
    expect(
      await within(dialog).findByText('Its level becomes: Silver.'),
    ).toBeInTheDocument();
    expect(dialog).toHaveTextContent(
      'Without an exemption it is: Fail. It is 61',
    );
    await user.click(within(dialog).getByRole('button', { name: 'Approve' }));

    expect(
      await screen.findByText('Approved: Is tested, Ticket shop'),
    ).toBeInTheDocument();
    await waitFor(async () =>
      expect(await findQueue()).toHaveTextContent('Nothing waits'),
    );
    const row = within(await findHistory()).getByRole('row', { name: /shop/ });
    expect(row).toHaveTextContent('Approved');
    expect(decisions()).toMatchObject([
      { path: '/exemptions/1/approve', body: {} },
    ]);
    // What had the focus is gone; it is not lost
    await waitFor(() => expect(document.body).not.toHaveFocus());
  });

  it('are denied and revoked with a note only', async () => {
    const { user, decisions } = renderTab({
      exemptions: [
        createExemption(),
        createExemption({
          id: '2',
          state: 'approved',
          outcome: 'exempt',
          decidedBy: 'user:default/adaeze',
          decidedAt: inDays(-3),
          decisionNote: 'For a while',
          expiresAt: inDays(5),
        }),
      ],
      entity: standing('exempt', 'fail'),
    });
    await user.click(
      await screen.findByRole('button', { name: /^Deny: Is tested/ }),
    );
    const denial = await screen.findByRole('dialog', {
      name: 'Deny this exemption?',
    });
    const deny = within(denial).getByRole('button', { name: 'Deny' });
    await user.click(deny);
    expect(
      await within(denial).findByText('Say why: whoever asked reads it.'),
    ).toBeInTheDocument();
    expect(decisions()).toEqual([]);
    await user.type(
      within(denial).getByRole('textbox', { name: /Note/ }),
      ' Measure it ',
    );
    await user.click(deny);
    await waitFor(() => expect(denial).not.toBeInTheDocument());

    const [, , row] = within(await findHistory()).getAllByRole('row');
    expect(row).toHaveTextContent('Ends soon');
    expect(row).toHaveTextContent('For a while');
    await user.click(within(row).getByRole('button', { name: /^Revoke/ }));
    const revocation = await screen.findByRole('dialog', {
      name: 'Revoke this exemption?',
    });
    expect(
      await within(revocation).findByText('Its level becomes: Bronze.'),
    ).toBeInTheDocument();
    await user.type(
      within(revocation).getByRole('textbox', { name: /Note/ }),
      'It leaked',
    );
    await user.click(
      within(revocation).getByRole('button', { name: 'Revoke' }),
    );
    expect(
      await screen.findByText('Revoked: Is tested, Ticket shop'),
    ).toBeInTheDocument();
    expect(decisions()).toMatchObject([
      { path: '/exemptions/1/deny', body: { note: 'Measure it' } },
      { path: '/exemptions/2/revoke', body: { note: 'It leaked' } },
    ]);
  });

  it('show what somebody else decided meanwhile', async () => {
    const { user } = renderTab({
      exemptions: [createExemption()],
      decide: ({ method }) =>
        method === 'POST'
          ? refuse(409, 'ConflictError', 'Exemption 1 is approved')
          : { body: undefined },
    });
    await user.click(
      await screen.findByRole('button', { name: /^Approve: Is tested/ }),
    );
    const dialog = await screen.findByRole('dialog');
    await user.click(within(dialog).getByRole('button', { name: 'Approve' }));
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Somebody else was faster',
    );
    expect(await findQueue()).toHaveTextContent('Nothing waits');
    expect(dialog).not.toBeInTheDocument();
  });

  it('are read by those who may not decide, as the address says', async () => {
    const { requests, user } = renderTab({
      query: '?state=requested&rule=coverage&owner=group:default/ticketing',
      exemptions: [
        createExemption(),
        createExemption({ id: '2', state: 'denied', decidedAt: inDays(-1) }),
        // Of oneself one may take it back
        createExemption({ id: '3', requestedBy: 'user:default/reader' }),
      ],
      isAllowed: permission => permission !== 'scorecards.exemption.decide',
    });
    expect(
      await screen.findByRole('button', { name: /^Take back: Is tested/ }),
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: /^(Approve|Deny|Revoke):/ }),
    ).toBeNull();
    expect(
      within(await findHistory())
        .getAllByRole('row')
        .slice(1)
        .map(row => row.textContent),
    ).toEqual([
      expect.stringContaining('Waiting'),
      expect.stringContaining('Waiting'),
    ]);
    // Nothing of that waits: the queue is left out
    await user.click(screen.getByRole('button', { name: /State/ }));
    await user.click(await screen.findByRole('option', { name: 'Denied' }));
    await waitFor(async () =>
      expect(
        within(await findHistory()).getAllByRole('row')[1],
      ).toHaveTextContent('Denied'),
    );
    expect(screen.queryByRole('region', { name: /Waiting/ })).toBeNull();
    for (const { query } of requests.filter(
      ({ path }) => path === '/exemptions',
    )) {
      expect(Object.fromEntries(query)).toMatchObject({
        scorecard: SCORECARD.scorecardRef,
        rule: 'coverage',
        owner: 'group:default/ticketing',
      });
    }
  });

  it('are exported with all that became of them, page after page', async () => {
    let saved: Blob | undefined;
    // What a browser does with a file to save is beyond jsdom
    URL.createObjectURL = file => {
      saved = file as Blob;
      return 'blob:export';
    };
    const clicked = jest
      .spyOn(HTMLAnchorElement.prototype, 'click')
      .mockImplementation(() => {});
    const { user, requests } = renderTab({
      exemptions: [
        createExemption({ reason: '=1, and more' }),
        createExemption({
          id: '2',
          state: 'denied',
          decidedBy: 'user:default/ada',
          decisionNote: 'An hour of work',
        }),
        createExemption({
          id: '3',
          state: 'revoked',
          revokedBy: 'user:default/noor',
          revocationNote: 'Patched',
        }),
      ],
      pageSize: 2,
    });
    await user.click(
      within(await findHistory()).getByRole('button', { name: 'Export CSV' }),
    );
    expect(
      await screen.findByText(/^Saved as readiness-exemptions-.*\.csv$/),
    ).toBeVisible();
    expect(clicked).toHaveBeenCalledTimes(1);
    const text = await new Promise(resolve => {
      const reader = new FileReader();
      reader.onload = () => resolve(reader.result);
      reader.readAsText(saved!);
    });
    expect(String(text).trimEnd().split('\r\n')).toEqual([
      expect.stringMatching(/^entity,title,scorecard,rule,.*,revocation note$/),
      expect.stringContaining(`,requested,"'=1, and more",user:default/joel,`),
      expect.stringMatching(
        /,denied,.*,user:default\/ada,,An hour of work,,,$/,
      ),
      expect.stringMatching(/,revoked,.*,user:default\/noor,,Patched$/),
    ]);
    expect(requests.at(-1)?.query.get('scorecard')).toBe(
      SCORECARD.scorecardRef,
    );
  });

  it('say how to ask when there are none', async () => {
    renderTab({ exemptions: [] });
    expect(
      await screen.findByRole('heading', {
        name: 'Nobody has asked for an exemption',
      }),
    ).toBeInTheDocument();
  });
});
