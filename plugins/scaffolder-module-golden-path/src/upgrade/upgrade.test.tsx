import { renderInTestApp } from '@backstage/frontend-test-utils';
import {
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import scaffolderPlugin from '@backstage/plugin-scaffolder/alpha';
import {
  screen,
  waitForElementToBeRemoved,
  within,
} from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { Deviation } from '@waymark/plugin-golden-paths-common';
import { goldenPathApiRef, type UpgradeStatus } from '../api';
import { createFakeBackend } from '../__testUtils__/fakeBackend';
import { UpgradeCard } from './UpgradeCard';
import { UpgradePage } from './UpgradePage';

const PATH = '/api/scaffolder/golden-path/upgrades/component/default/ledger';
const PROPOSAL = {
  url: 'http://portal/api/forge/payments/ledger/compare/main...waymark%2Fupgrade-22222222',
  branch: 'waymark/upgrade-22222222',
  version: 'sha256:2222222233',
  commit: 'c'.repeat(40),
  createdAt: '2026-01-01T00:00:00Z',
  taskId: 'abc',
  conflicts: [],
};
const BEHIND: UpgradeStatus = {
  entityRef: 'component:default/ledger',
  state: 'behind',
  template: { ref: 'template:default/node-api', title: 'Node API' },
  current: { version: 'sha256:1111111122', pathVersion: '1.0.0', layers: [] },
  available: { version: 'sha256:2222222233', pathVersion: '1.1.0', layers: [] },
  layers: [
    {
      name: 'ci',
      from: '1.0.0',
      to: '1.1.0',
      changes: [{ version: '1.1.0', text: 'Pipelines are faster.' }],
    },
    { name: 'old', from: '2.0.0', changes: [] },
    { name: 'new', to: '3.0.0', changes: [] },
  ],
  changes: [{ version: '1.1.0', text: 'Answers 400 instead of 500.' }],
  mayPropose: true,
};
const PREVIEW = {
  entityRef: BEHIND.entityRef,
  version: PROPOSAL.version,
  commit: 'a',
  counts: { added: 0, changed: 2, removed: 0, kept: 1, conflicts: 1 },
  files: [
    {
      path: 'ci/build',
      policy: 'managed',
      change: 'changed',
      diff: '@@ -1 +1 @@\n-before\n+after\n',
      yours: 'unchanged',
      conflict: false,
    },
    {
      path: 'src/main.ts',
      policy: 'once',
      change: 'kept',
      yours: 'changed',
      conflict: false,
    },
    {
      path: 'Dockerfile',
      policy: 'merge',
      change: 'changed',
      yours: 'changed',
      conflict: true,
      conflictText: '<<<<<<< ours\nmine\n=======\ntheirs\n>>>>>>> path\n',
      messages: ['CONFLICT (content): Merge conflict in Dockerfile'],
    },
  ],
  conflicts: [
    {
      paths: ['Dockerfile'],
      message: 'CONFLICT (content): Merge conflict in Dockerfile',
    },
  ],
};

/** One of the screens, over a backend of which the test says what it answers. */
function show(options: {
  element: JSX.Element;
  status?: Partial<UpgradeStatus>;
  /** Instead of a status. */
  failure?: { status: number; body: unknown };
  ask?: { status: number; body: unknown };
  address?: string;
  deviations?: Deviation[];
}) {
  const state = {
    status: { ...BEHIND, ...options.status },
    failure: options.failure,
  };
  const asked: { path: string; body: unknown }[] = [];
  const { goldenPathApi } = createFakeBackend(({ url, method, body }) => {
    if (method === 'POST') {
      asked.push({ path: url.pathname.replace(PATH, ''), body });
    }
    switch (`${method} ${url.pathname}`) {
      case 'GET /api/golden-paths/deviations':
        return (
          options.deviations && {
            body: { items: options.deviations, totalItems: 2 },
          }
        );
      case `GET ${PATH}`:
        return state.failure ?? { body: state.status };
      case `GET ${PATH}/preview`:
      case `POST ${PATH}/preview`:
        return { body: PREVIEW };
      case `POST ${PATH}`:
        if (!options.ask) {
          state.status = {
            ...state.status,
            state: 'proposed',
            problem: undefined,
            proposal: PROPOSAL,
            run: { taskId: 'abc', status: 'completed' },
          };
        }
        return options.ask ?? { status: 201, body: { taskId: 'abc' } };
      default:
        return undefined;
    }
  });
  renderInTestApp(
    <EntityProvider
      entity={{
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Component',
        metadata: { name: 'ledger', namespace: 'default' },
        spec: {},
      }}
    >
      {options.element}
    </EntityProvider>,
    {
      mountedRoutes: {
        '/create': scaffolderPlugin.routes.root,
        '/catalog/:namespace/:kind/:name': entityRouteRef,
      },
      initialRouteEntries: [options.address ?? '/'],
      apis: [[goldenPathApiRef, goldenPathApi]],
    },
  );
  return { user: userEvent.setup(), asked, state };
}

describe('UpgradeCard', () => {
  it('says that there is a newer version, and leads to it', async () => {
    show({ element: <UpgradeCard /> });
    expect(await screen.findByText('Node API 1.0.0')).toBeVisible();
    expect(screen.getByText('There is a newer version')).toBeVisible();
    expect(
      screen.getByRole('link', { name: 'See what 1.1.0 brings' }),
    ).toHaveAttribute('href', '/catalog/default/component/ledger/golden-path');
  });

  it.each([
    ['current', {}, 'Up to date'],
    ['proposed', { proposal: PROPOSAL }, 'Open the proposed upgrade'],
    [
      'unknown',
      { problem: { code: 'host', message: 'The host does not answer.' } },
      'The host does not answer.',
    ],
  ] as const)('says that it is %s', async (state, more, words) => {
    show({ element: <UpgradeCard />, status: { state, ...more } });
    expect(await screen.findByText(words)).toBeVisible();
  });

  it('is nothing where no path made it', async () => {
    show({
      element: <UpgradeCard />,
      status: { state: 'unknown', problem: { code: 'no-path', message: '' } },
    });
    await waitForElementToBeRemoved(() =>
      screen.getByRole('status', { name: 'Loading its golden path' }),
    );
    expect(
      screen.queryByRole('region', { name: 'Golden path' }),
    ).not.toBeInTheDocument();
  });
});

describe('UpgradePage', () => {
  it('says what is left out, what was decided about it, and how it comes back', async () => {
    const of = (more: Partial<Deviation>): Deviation => ({
      id: more.path ?? '',
      entityRef: BEHIND.entityRef,
      templateRef: 'template:default/node-api',
      path: 'Dockerfile',
      kind: 'left-out',
      state: 'unjustified',
      since: '2026-01-01T00:00:00Z',
      ...more,
    });
    show({
      element: <UpgradePage />,
      status: { state: 'current' },
      deviations: [
        of({
          path: 'part:docs',
          part: 'docs',
          partTitle: 'Documentation',
          reason: '<i>In</i> the handbook',
          state: 'approved',
          decidedBy: 'user:default/adaeze',
          expiresAt: '2026-06-02T00:00:00Z',
          comment: 'Until it moves',
        }),
        of({ path: 'part:wiki', part: 'wiki' }),
        of({ kind: 'changed' }),
      ],
    });
    const section = await screen.findByRole('region', { name: 'Left out' });
    expect(section).toHaveTextContent(
      /Documentation<i>In<\/i> the handbookApproved by adaeze, until .*2026Until it moves/,
    );
    expect(section).toHaveTextContent(
      'wikiThe repository gives no reason.Without a reason',
    );
    expect(section).not.toHaveTextContent('Dockerfile');
    expect(section).toHaveTextContent(/delete its entry.*next upgrade/);
  });

  it('shows what changed and what it would do, then has it proposed', async () => {
    const { user, asked } = show({ element: <UpgradePage /> });
    const changed = await screen.findByRole('region', { name: 'What changed' });
    for (const words of [
      'Answers 400 instead of 500.',
      'ci, from 1.0.0 to 1.1.0',
      'Pipelines are faster.',
      'old 2.0.0, no longer used',
      'new 3.0.0, a new layer',
    ]) {
      expect(changed).toHaveTextContent(words);
    }

    await user.click(screen.getByRole('button', { name: 'Show the files' }));
    const conflicts = await screen.findByRole('list', { name: 'Conflicts' });
    expect(conflicts).toHaveTextContent(
      /Dockerfile.*You changed it.*share it.*CONFLICT \(content\)/,
    );
    expect(
      screen.getByRole('list', { name: 'What stays yours' }),
    ).toHaveTextContent('src/main.ts');
    expect(
      screen.getByText(
        '2 files change, 1 file stays yours, 1 conflict to be solved.',
      ),
    ).toBeVisible();
    expect(
      screen.getByRole('region', { name: 'How conflicts are solved' }),
    ).toHaveTextContent('git switch waymark/upgrade-22222222');
    const fold = screen.getByRole('button', {
      name: 'Show the change: ci/build',
    });
    expect(fold).toHaveAttribute('aria-expanded', 'false');
    await user.click(fold);
    expect(
      screen.getByRole('region', { name: 'Show the change: ci/build' }),
    ).toHaveTextContent('-before +after');

    await user.click(
      screen.getByRole('button', { name: 'Propose the upgrade' }),
    );
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent('Nothing is merged');
    await user.click(
      within(dialog).getByRole('button', { name: 'Propose it' }),
    );
    expect(
      await screen.findByRole('link', { name: 'Open the proposed upgrade' }),
    ).toHaveAttribute('href', PROPOSAL.url);
    expect(screen.getByRole('link', { name: 'Open its run' })).toHaveAttribute(
      'href',
      '/create/tasks/abc',
    );
    expect(asked).toEqual([{ path: '', body: {} }]);
  });

  it('asks what the answers of the first day do not say', async () => {
    const { user, asked } = show({
      element: <UpgradePage />,
      status: {
        problem: {
          code: 'answers',
          message: 'The path asks something new.',
          fields: [
            {
              name: 'port',
              title: 'Port',
              message: 'is required',
              schema: { type: 'integer' },
            },
            {
              name: 'open',
              title: 'Open to all',
              message: 'is required',
              schema: { type: 'boolean' },
            },
            {
              name: 'audience',
              title: 'Who uses it',
              description: 'What is mended first.',
              message: 'is new and has to be filled in',
              schema: {
                type: 'string',
                oneOf: [
                  { const: 'travelers', title: 'Travelers' },
                  { const: 'staff', title: 'Staff only' },
                ],
              },
            },
          ],
        },
      },
    });
    const propose = await screen.findByRole('button', {
      name: 'Propose the upgrade',
    });
    expect(propose).toBeDisabled();
    // At either of the two buttons that wait for it
    expect(
      screen.getAllByText('Answer what is asked above first.'),
    ).toHaveLength(2);
    await user.type(screen.getByRole('textbox', { name: /Port/ }), '80');
    expect(
      screen.getByText('What is mended first. Is new and has to be filled in.'),
    ).toBeVisible();
    expect(propose).toBeDisabled();
    await user.click(screen.getByRole('button', { name: /Who uses it/ }));
    await user.click(await screen.findByRole('option', { name: 'Staff only' }));
    await user.click(screen.getByRole('button', { name: 'Show the files' }));
    await screen.findByRole('list', { name: 'Conflicts' });
    await user.click(propose);
    await user.click(await screen.findByRole('button', { name: 'Propose it' }));
    await screen.findByRole('link', { name: 'Open the proposed upgrade' });
    // What was asked is answered, and the preview is of these answers
    expect(
      screen.queryByRole('button', { name: 'Show them with these answers' }),
    ).not.toBeInTheDocument();
    const answers = { port: 80, open: false, audience: 'staff' };
    expect(asked).toEqual([
      { path: '/preview', body: { answers } },
      { path: '', body: { answers } },
    ]);
  });

  it('says what to do where it is refused', async () => {
    const { user } = show({
      element: <UpgradePage />,
      ask: {
        status: 409,
        body: { error: { name: 'ConflictError', message: 'It is archived.' } },
      },
    });
    await user.click(
      await screen.findByRole('button', { name: 'Propose the upgrade' }),
    );
    await user.click(await screen.findByRole('button', { name: 'Propose it' }));
    expect(await screen.findByText(/It is archived\./)).toBeVisible();
  });

  it('shows who may not propose it what is new, and no more', async () => {
    show({
      element: <UpgradePage />,
      status: { mayPropose: false },
      address: '/?preview=true',
    });
    expect(
      await screen.findByText(/nor have the upgrade proposed/),
    ).toBeVisible();
    expect(
      screen.queryByRole('button', { name: 'Propose the upgrade' }),
    ).not.toBeInTheDocument();
    expect(
      screen.queryByText('What it would do to your files'),
    ).not.toBeInTheDocument();
  });

  it('says why it cannot be upgraded, and tries again after a failure', async () => {
    const { user, state } = show({
      element: <UpgradePage />,
      status: { problem: { code: 'archived', message: 'Unarchive it.' } },
      failure: {
        status: 503,
        body: { error: { name: 'Error', message: 'Not now.' } },
      },
    });
    expect(await screen.findByText(/Not now/)).toBeVisible();
    state.failure = undefined;
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('Unarchive it.')).toBeVisible();
    expect(
      screen.queryByRole('button', { name: 'Show the files' }),
    ).not.toBeInTheDocument();
  });
});
