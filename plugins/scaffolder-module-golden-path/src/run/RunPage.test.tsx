import { screen, waitFor, within } from '@testing-library/react';
import { findPanel, renderTask, REPOSITORY } from '../__testUtils__/renderTask';

describe('the panel of a run that stopped', () => {
  it('says which step failed, why, and what is there', async () => {
    renderTask();
    const panel = await findPanel();

    expect(panel).toHaveAccessibleName(
      'This run failed at the step “Create the repository”',
    );
    expect(within(panel).getByText('name: ledger is taken')).toBeVisible();
    expect(
      within(panel).getByRole('link', { name: REPOSITORY }),
    ).toHaveAttribute('href', REPOSITORY);
    expect(panel).toHaveTextContent('Retry once the reason is gone');
    // Said once
    expect(screen.getAllByText(/ledger is taken/)).toHaveLength(1);
  });

  it('tells a cancelled run from a failed one', async () => {
    renderTask({ status: 'cancelled' });
    expect(await findPanel()).toHaveAccessibleName(
      'This run was cancelled at the step “Create the repository”',
    );
  });

  it('tells so as well when the scaffolder reports a cancelled run as failed', async () => {
    renderTask({
      events: [
        { type: 'log', body: { stepId: 'check', status: 'processing' } },
        // Cancelled during a step that still ended well
        { type: 'cancelled', body: { stepId: 'check', status: 'cancelled' } },
        { type: 'log', body: { stepId: 'check', status: 'completed' } },
        { type: 'log', body: { stepId: 'publish', status: 'processing' } },
        {
          type: 'completion',
          body: { error: { message: 'The operation was aborted' } },
        },
      ],
    });
    const panel = await findPanel();

    expect(panel).toHaveAccessibleName(
      'This run was cancelled at the step “Create the repository”',
    );
    expect(panel).not.toHaveTextContent('aborted');
  });

  it('asks only once for a run that does not exist, and says so', async () => {
    const { requests } = renderTask({
      task: {
        status: 404,
        body: { error: { name: 'NotFoundError', message: 'No such task' } },
      },
    });
    expect(await screen.findByRole('alert')).toHaveTextContent('No such task');
    expect(requests).toEqual(['GET /v2/tasks/abc']);
  });

  it('leads to what the run proposed, and back to its answers', async () => {
    const change = 'https://github.example/payments/ledger/pull/7';
    renderTask({
      run: {
        created: [],
        proposed: [{ url: change }],
        undo: { possible: false, reason: 'the run only proposed a change' },
      },
    });
    const panel = await findPanel();

    expect(within(panel).getByRole('link', { name: change })).toHaveAttribute(
      'href',
      change,
    );
    const answers = await within(panel).findByRole('link', {
      name: 'Change the answers',
    });
    const { pathname, searchParams } = new URL(
      answers.getAttribute('href')!,
      'http://portal',
    );
    expect(pathname).toBe('/create/templates/default/node-api');
    expect(JSON.parse(searchParams.get('formData')!)).toEqual({
      name: 'ledger & co',
    });
  });

  it('says what was left out, and why', async () => {
    const reason = 'It is in the wiki of the team';
    renderTask({
      answers: {
        leftOut: [
          { part: 'docs', reason },
          // The path has lost it since
          { part: 'wiki', reason: '' },
        ],
      },
    });
    const section = await screen.findByRole('region', {
      name: 'Left out',
    });
    expect(
      within(section)
        .getAllByRole('term')
        .map(({ textContent }) => textContent),
    ).toEqual(['Documentation', 'Wiki']);
    expect(within(section).getAllByRole('definition')[0]).toHaveTextContent(
      reason,
    );
  });

  it('retries, and is gone while the run goes on', async () => {
    const { user, requests } = renderTask();
    const panel = await findPanel();

    await user.click(
      await within(panel).findByRole('button', {
        name: 'Retry from the failed step',
      }),
    );

    await waitFor(() => expect(panel).not.toBeInTheDocument());
    expect(requests).toContain('POST /v2/tasks/abc/retry');
  });

  it('says when a retry is refused', async () => {
    const { user } = renderTask({
      retry: {
        status: 403,
        body: { error: { name: 'NotAllowedError', message: 'Not yours' } },
      },
    });
    const panel = await findPanel();

    await user.click(
      await within(panel).findByRole('button', {
        name: 'Retry from the failed step',
      }),
    );

    await waitFor(() =>
      expect(within(panel).getByRole('alert')).toHaveTextContent(
        /The retry did not work: .*Not yours/,
      ),
    );
  });

  it('undoes only after naming what will be deleted', async () => {
    const { user, requests } = renderTask({
      undo: {
        body: {
          taskId: 'abc',
          status: 'failed',
          created: [{ kind: 'repository', url: REPOSITORY, state: 'undone' }],
          proposed: [],
          undo: { possible: false, reason: 'the run created nothing' },
        },
      },
    });
    const panel = await findPanel();
    const undo = await within(panel).findByRole('button', {
      name: 'Undo what this run created',
    });

    await user.click(undo);
    const dialog = await screen.findByRole('dialog', {
      name: 'Undo what this run created?',
    });
    expect(dialog).toHaveTextContent(REPOSITORY);
    await user.click(within(dialog).getByRole('button', { name: 'Keep it' }));
    await waitFor(() => expect(dialog).not.toBeInTheDocument());
    expect(requests).not.toContain('POST /golden-path/runs/abc/undo');

    await user.click(undo);
    await user.click(await screen.findByRole('button', { name: 'Delete' }));
    await waitFor(() =>
      expect(within(panel).getByRole('status')).toHaveTextContent(
        `Undone: repository ${REPOSITORY} is deleted.`,
      ),
    );
    expect(undo).toBeDisabled();
    expect(panel).not.toHaveTextContent('Undo is not possible');
  });

  it('says why undo is not possible', async () => {
    renderTask({
      run: { undo: { possible: false, reason: 'others have pushed to it' } },
    });
    const panel = await findPanel();

    const undo = await within(panel).findByRole('button', {
      name: 'Undo what this run created',
    });
    expect(undo).toBeDisabled();
    expect(undo).toHaveAccessibleDescription(
      'Undo is not possible: others have pushed to it',
    );
  });

  it('offers a retry alone where the backend knows nothing of the run', async () => {
    renderTask({ run: null });
    const panel = await findPanel();
    expect(
      await within(panel).findByRole('button', {
        name: 'Retry from the failed step',
      }),
    ).toBeVisible();
    expect(
      within(panel).queryByRole('button', { name: /Undo/ }),
    ).not.toBeInTheDocument();
  });
});

describe('the page of a run', () => {
  const steps = [
    {
      type: 'log',
      body: { stepId: 'check', status: 'processing', message: 'Looking' },
    },
    {
      type: 'log',
      body: {
        stepId: 'check',
        status: 'completed',
        message: '\u001b[32mFine\u001b[0m',
      },
    },
    {
      type: 'log',
      body: {
        stepId: 'publish',
        status: 'processing',
        message: 'Beginning step Create the repository',
      },
    },
  ];

  it('follows the steps, with the log folded away, and asks before it cancels', async () => {
    const { user, requests } = renderTask({
      status: 'processing',
      events: steps,
    });
    const [check, publish] = await waitFor(() => {
      const items = within(
        screen.getByRole('list', { name: 'Steps' }),
      ).getAllByRole('listitem');
      expect(items[1]).toHaveAttribute('aria-current', 'step');
      return items;
    });
    expect(check).toHaveTextContent(/Check the answers.*Done.*1 s/);
    expect(publish).toHaveTextContent(/Create the repository.*Running/);
    expect(screen.getByRole('status', { name: 'Progress' })).toHaveTextContent(
      'Step 2 of 2: Create the repository',
    );
    expect(screen.getByRole('progressbar')).toHaveAttribute(
      'aria-valuetext',
      '1 of 2',
    );
    expect(screen.queryByRole('region', { name: /^Log of/ })).toBeNull();

    await user.click(within(check).getByRole('button'));
    const log = screen.getByRole('region', {
      name: 'Log of Check the answers',
    });
    expect(log).toHaveTextContent(/Looking.*Fine/);
    expect(log).not.toHaveTextContent('[32m');

    await user.click(
      await screen.findByRole('button', { name: 'Cancel this run' }),
    );
    expect(requests).not.toContain('POST /v2/tasks/abc/cancel');
    await user.click(
      await screen.findByRole('button', { name: 'Cancel the run' }),
    );
    await waitFor(() =>
      expect(requests).toContain('POST /v2/tasks/abc/cancel'),
    );
  });

  it('shows of one that ended well what it made, without a connection that stays', async () => {
    const { requests } = renderTask({
      status: 'completed',
      hash: '#publish',
      events: [
        ...steps,
        {
          type: 'log',
          body: { stepId: 'publish', status: 'completed', message: 'Pushed' },
        },
        {
          type: 'completion',
          body: {
            output: {
              links: [
                { title: 'Repository', url: REPOSITORY },
                {
                  title: 'Open in catalog',
                  icon: 'catalog',
                  entityRef: 'component:default/ledger',
                },
                { title: 'Docs', url: '/docs/default/component/ledger' },
                { title: 'Script', url: 'data:text/html,hello' },
                { title: 'Elsewhere', url: '//evil.example/' },
                { title: 'Nowhere', entityRef: 'ledger:' },
              ],
              text: [{ title: 'What now', content: 'Have a **rest**' }],
            },
          },
        },
      ],
    });
    const outcome = await screen.findByRole('region', {
      name: 'ledger & co: done in 4 s',
    });
    expect(
      within(outcome).getByRole('link', { name: 'Open in catalog' }),
    ).toHaveAttribute('href', '/catalog/default/component/ledger');
    expect(
      within(outcome)
        .getAllByRole('link')
        .map(link => link.textContent),
    ).toEqual(['Open in catalog', 'Repository', 'Docs']);
    expect(within(outcome).getByText('What now')).toBeVisible();
    expect(
      await within(outcome).findByText(`git clone ${REPOSITORY}.git`),
    ).toBeVisible();
    // The step that the address names
    expect(
      screen.getByRole('region', { name: 'Log of Create the repository' }),
    ).toHaveTextContent('Pushed');
    expect(requests).not.toContain('GET /v2/tasks/abc/eventstream');
  });
});
