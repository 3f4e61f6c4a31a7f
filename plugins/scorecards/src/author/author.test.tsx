import { screen, waitFor, within } from '@testing-library/react';
import type { PreviewResponse } from '@waymark/plugin-scorecards-common';
import {
  refuse,
  type Answer,
  type SeenRequest,
} from '@waymark/frontend-test-support';
import { renderScorecards } from '../__testUtils__/renderScorecards';
import { AuthorPage } from './AuthorPage';
import { splitDocuments } from './draft/documents';
import { locateIssue } from './mistakes/locateIssue';
import type { Issue } from './mistakes/readIssues';

const READINESS = {
  apiVersion: 'waymark.dev/v1alpha1',
  kind: 'Scorecard',
  metadata: {
    namespace: 'default',
    name: 'readiness',
    title: 'Readiness',
    uid: '0d54e99',
    etag: '60a21ea',
    annotations: { 'backstage.io/managed-by-location': 'file:/x.yaml' },
  },
  spec: {
    owner: 'group:default/platform',
    appliesTo: { kind: 'Component' },
    levels: [{ id: 'bronze' }],
    rules: [{ id: 'on-call', title: 'On call', check: 'facts.a >> 1' }],
  },
};

const NONE = {
  pass: 0,
  fail: 0,
  exempt: 0,
  notApplicable: 0,
  noData: 0,
  error: 0,
};

function createPreview(
  override: Partial<PreviewResponse> = {},
): PreviewResponse {
  return {
    levels: [
      { id: 'bronze', title: 'Bronze' },
      { id: 'silver', title: 'Silver' },
    ],
    entities: [
      { level: 'bronze', entities: 2 },
      { level: undefined, entities: 1 },
    ],
    meanScore: 61,
    rules: [{ ruleId: 'on-call', outcomes: { ...NONE, pass: 2, error: 1 } }],
    impact: {
      published: true,
      moves: [
        { from: undefined, to: 'bronze', entities: 1 },
        { from: 'silver', to: undefined, entities: 1 },
      ],
      owners: [{ owner: 'group:default/ticketing', up: 1, down: 1 }],
      joining: 1,
      leaving: 0,
    },
    items: [
      {
        entityRef: 'component:default/shop',
        title: 'Ticket shop',
        owner: 'group:default/ticketing',
        standing: { throughExemption: false, since: '2026-11-22T08:00:00Z' },
        before: {
          level: 'silver',
          throughExemption: false,
          since: '2026-11-01T08:00:00Z',
        },
        outcomes: { 'on-call': 'error' },
        errors: { 'on-call': 'No such key: rotation' },
      },
    ],
    ...override,
  };
}

const refuseWith = (issues: Issue[]) => ({
  status: 400,
  body: {
    error: { name: 'InputError', message: issues[0].reason, issues },
    response: { statusCode: 400 },
  },
});

const MISTAKE = refuseWith([
  {
    path: 'spec.rules[0].check',
    reason: 'Unexpected token',
    line: 11,
    column: 9,
  },
]);

function renderAuthor(options: {
  address?: string;
  isAllowed?: (permission: string) => boolean;
  previews?: Answer[];
}) {
  const previews = [...(options.previews ?? [])];
  const isPreview = ({ path }: SeenRequest) => path === '/previews';
  const rendered = renderScorecards({
    element: <AuthorPage />,
    path: '/scorecards/try',
    address: options.address ?? '/scorecards/try',
    entities: [READINESS],
    isAllowed: options.isAllowed,
    answer: request => (isPreview(request) ? previews.shift() : undefined),
  });
  return {
    ...rendered,
    tried: () =>
      rendered.requests
        .filter(isPreview)
        .map(({ body }) => (body as { scorecard: string }).scorecard),
  };
}

const findEditor = () =>
  screen.findByRole('textbox', { name: 'YAML of the scorecard' });

beforeEach(() => {
  sessionStorage.clear();
  // The editor measures its text; there is no layout here
  Range.prototype.getClientRects = () => [] as unknown as DOMRectList;
});

describe('trying a scorecard', () => {
  it('opens a published one, says where its mistake is, and then who would move', async () => {
    const { user, tried } = renderAuthor({
      address: '/scorecards/try?scorecard=default/readiness',
      previews: [MISTAKE, { status: 200, body: createPreview() }],
    });
    const editor = await findEditor();
    await waitFor(() => expect(editor).toHaveTextContent('name: readiness'));
    // Without what the catalog has added
    expect(editor).not.toHaveTextContent(/uid|etag|managed-by|namespace/);

    await user.click(screen.getByRole('button', { name: 'Preview' }));
    const mistakes = await screen.findByRole('region', { name: '1 mistake' });
    expect(mistakes).toHaveTextContent('spec.rules[0].check: Unexpected token');
    expect(
      screen.getByText(/There is no preview yet: 1 mistake to mend/),
    ).toBeInTheDocument();
    await user.click(within(mistakes).getByRole('button', { name: /^Line / }));
    await waitFor(() => expect(editor).toHaveFocus());

    await user.keyboard('{Control>}{Enter}{/Control}');
    const impact = await screen.findByRole('region', { name: 'Impact' });
    expect(impact).toHaveTextContent(
      'Of 3 entities, 1 would move down and 1 would move up.',
    );
    expect(impact).toHaveTextContent('1 entity would be new to the scorecard.');
    const moves = within(impact).getByRole('table', { name: /Moves/ });
    expect(
      within(moves)
        .getAllByRole('row')
        .map(row => row.textContent),
    ).toEqual([
      expect.stringContaining('From'),
      expect.stringMatching(/Silver.*No level.*Down.*1/),
      expect.stringMatching(/No level.*Bronze.*Up.*1/),
    ]);
    expect(
      within(impact).getByRole('link', { name: 'ticketing' }),
    ).toHaveAttribute('href', '/catalog/default/group/ticketing');
    const rows = screen.getByRole('region', { name: 'Who it would be about' });
    expect(within(rows).getByRole('row', { name: /shop/ })).toHaveTextContent(
      /now: Silver.*Error.*on-call.*No such key: rotation/,
    );
    expect(tried()[1]).toContain('check: facts.a >> 1');
  });

  it('keeps what is written over a reload, and brings back what was replaced', async () => {
    const draft = {
      text: 'kind: Scorecard\nmetadata: { name: mine }\n',
      isEdited: true,
    };
    sessionStorage.setItem('waymark.scorecards.draft', JSON.stringify(draft));
    const { user } = renderAuthor({});
    const editor = await findEditor();
    expect(editor).toHaveTextContent('name: mine');

    await user.click(screen.getByRole('button', { name: 'Start afresh' }));
    await user.click(
      await screen.findByRole('button', { name: 'Bring it back' }),
    );
    await waitFor(() => expect(editor).toHaveTextContent('name: mine'));
    await user.click(screen.getByRole('button', { name: 'Start afresh' }));
    await user.click(
      await screen.findByRole('button', { name: 'Start with an example' }),
    );
    await waitFor(() => expect(editor).toHaveTextContent('First steps'));
    await user.upload(
      screen.getByLabelText('File with a scorecard'),
      // jsdom cannot read files
      Object.assign(new File([], 'x.yaml'), {
        text: async () => 'metadata: { name: of-a-file }',
      }),
    );
    await waitFor(() => expect(editor).toHaveTextContent('of-a-file'));
    expect(sessionStorage.getItem('waymark.scorecards.draft')).toContain(
      'of-a-file',
    );
  });

  it('says why there is no preview, and when nothing would change', async () => {
    const { user } = renderAuthor({
      address: '/scorecards/try?scorecard=default/readiness',
      previews: [
        refuse(429, 'TooManyRequestsError', 'Another one is still running'),
        {
          status: 200,
          body: createPreview({
            impact: {
              published: true,
              moves: [],
              owners: [],
              joining: 0,
              leaving: 0,
            },
          }),
        },
      ],
    });
    const editor = await findEditor();
    await waitFor(() => expect(editor).toHaveTextContent('readiness'));
    await user.click(screen.getByRole('button', { name: 'Preview' }));
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('One preview at a time');
    expect(alert).toHaveTextContent('Another one is still running');
    await user.click(within(alert).getByRole('button', { name: 'Try again' }));
    expect(
      await screen.findByRole('region', { name: 'Impact' }),
    ).toHaveTextContent(
      'Nothing would change: all 3 entities stay on their level.',
    );
  });

  it('is not for those who may not see scorecards, and says so', async () => {
    renderAuthor({ isAllowed: () => false });
    expect(
      await screen.findByRole('heading', {
        name: 'Scorecards are not open to you',
      }),
    ).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Preview' })).toBeNull();
  });
});

describe('several mistakes', () => {
  it('are listed from the top of the text on', async () => {
    const { user } = renderAuthor({
      address: '/scorecards/try?scorecard=default/readiness',
      previews: [
        refuseWith([
          { path: 'spec.rules[0].check', reason: 'Unexpected token', line: 11 },
          { path: 'spec.owner', reason: 'is missing', line: 5 },
        ]),
      ],
    });
    const editor = await findEditor();
    await waitFor(() => expect(editor).toHaveTextContent('name: readiness'));
    await user.click(screen.getByRole('button', { name: 'Preview' }));
    const mistakes = await screen.findByRole('region', { name: '2 mistakes' });
    expect(
      within(mistakes)
        .getAllByRole('button')
        .map(button => button.textContent),
    ).toEqual(['Line 5', 'Line 11']);
    expect(screen.getByText(/, the first in line 5\.$/)).toBeInTheDocument();
  });
});

describe('the place of a mistake', () => {
  const at = (text: string, issue: object) => {
    const mark = locateIssue(text, { path: 'a.check', reason: '', ...issue });
    return [mark.line, mark.column, text.slice(mark.from, mark.to)];
  };

  it.each([
    ['x: 1\ncheck: a.b >> 1', { line: 2, column: 6 }, [2, 13, '> 1']],
    ['- { id: x, check: "a >" }', { line: 1, column: 3 }, [1, 22, '>" }']],
    [
      'check: |\n    a.b\n     && >\n',
      { line: 1, column: 5, expressionLine: 2 },
      [3, 9, '>'],
    ],
    ['a:\n  check: b', { line: 2 }, [2, undefined, 'check: b']],
    // The text ended before anybody expected it
    ['check: a ==', { line: 1, column: 5 }, [1, 12, '=']],
    ['check: a', { line: 9 }, [1, undefined, 'check: a']],
  ])('in %j', (text, issue, expected) => {
    expect(at(text, issue)).toEqual(expected);
  });
});

it('parts a file into its scorecards, each on the lines that it has there', () => {
  const text =
    '# All of ours\n---\nmetadata: { name: one }\n---\nmetadata:\n  name: two\n---\n';
  expect(splitDocuments(text)).toEqual([
    { name: 'one', text: '\n---\nmetadata: { name: one }' },
    { name: 'two', text: '\n\n\n---\nmetadata:\n  name: two' },
  ]);
  expect(splitDocuments('')).toEqual([]);
});
