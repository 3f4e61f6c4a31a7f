import { screen, waitFor, within } from '@testing-library/react';
import { renderTemplates, template } from '../__testUtils__/renderTemplates';

const API = template('node-api', 'HTTP API', {
  goldenPath: {
    summary: 'A service that answers over HTTP',
    version: '1.2.0',
    makes: [{ title: 'Repository', details: 'With tests' }, 'Pipeline'],
    needs: ['A name that nobody has taken'],
    duration: { seconds: 10 },
  },
});
API.metadata.links = [
  { title: 'Handbook', url: 'https://example.com/handbook' },
  { title: 'Script', url: 'data:text/html,hello' },
];
// Its title comes first, what it is for does not
const ADDITION = template('add-alert', 'Alerts', {
  goldenPath: { for: 'existing' },
});
const OTHER = template('website', 'A website', {
  parameters: {
    required: ['name'],
    properties: { name: { title: 'Name' }, color: { title: 'Color' } },
  },
});

describe('the page for choosing what to create', () => {
  beforeEach(() => sessionStorage.clear());

  it('describes golden paths, and tells others by their steps and questions', async () => {
    const { user } = renderTemplates({
      templates: [OTHER, ADDITION, API],
      durations: [
        { templateRef: 'template:default/node-api', seconds: 4.4, runs: 3 },
      ],
    });
    const path = await screen.findByRole('article', { name: 'HTTP API' });
    expect(path).toHaveTextContent('A service that answers over HTTP');
    const gets = within(path).getByRole('list', { name: 'What you get' });
    expect(
      within(gets)
        .getAllByRole('listitem')
        .map(item => item.textContent),
    ).toEqual(['RepositoryWith tests', 'Pipeline']);
    expect(
      within(path).getByRole('list', { name: 'What you need' }),
    ).toHaveTextContent('A name that nobody has taken');
    expect(path).toHaveTextContent(/How longusually 4 s/);
    expect(path).toHaveTextContent(/Version1\.2\.0/);
    expect(path).toHaveTextContent(/Read moreHandbook/);
    expect(path).not.toHaveTextContent('Script');
    expect(
      await within(path).findByRole('link', { name: 'Use this path' }),
    ).toHaveAttribute('href', '/create/templates/default/node-api');

    const other = screen.getByRole('article', { name: 'A website' });
    expect(screen.getAllByRole('article')).toEqual([
      path,
      screen.getByRole('article', { name: 'Alerts' }),
      other,
    ]);
    expect(
      within(
        screen.getByRole('region', {
          name: 'Golden paths for what is there already',
        }),
      ).getAllByRole('article'),
    ).toHaveLength(1);
    expect(other).toHaveTextContent('About website');
    await user.click(
      within(other).getByRole('button', { name: 'What it does and asks' }),
    );
    expect(
      within(other).getByRole('list', { name: 'What happens' }),
    ).toHaveTextContent('Make it');
    expect(
      within(other).getByRole('list', { name: 'What you are asked for' }),
    ).toHaveTextContent('NameColor, if you like');
  });

  it('finds by words, and says when nothing fits', async () => {
    const { user } = renderTemplates({ templates: [API, OTHER] });
    const search = await screen.findByRole('searchbox');
    await user.type(search, 'pipeline');
    await waitFor(() => expect(screen.getAllByRole('article')).toHaveLength(1));
    expect(screen.getByRole('article', { name: 'HTTP API' })).toBeVisible();

    await user.type(search, ' of nothing');
    expect(
      await screen.findByRole('heading', { name: 'Nothing fits' }),
    ).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Show all' }));
    expect(await screen.findAllByRole('article')).toHaveLength(2);
  });

  it('names a mistake in what a template says, and shows it all the same', async () => {
    renderTemplates({
      templates: [template('odd', 'Odd', { goldenPath: { needs: 'A name' } })],
    });
    const path = await screen.findByRole('article', { name: 'Odd' });
    expect(
      await within(path).findByText(/^spec\.goldenPath\.needs: /),
    ).toBeVisible();
    expect(
      within(path).getByRole('list', { name: 'What happens' }),
    ).toBeVisible();
  });

  it('says whom to ask when there is nothing to create', async () => {
    renderTemplates({ templates: [] });
    expect(
      await screen.findByRole('heading', {
        name: 'There is nothing to create yet',
      }),
    ).toBeVisible();
    expect(screen.getByRole('link', { name: 'Platform' })).toHaveAttribute(
      'href',
      '/help',
    );
  });
});
