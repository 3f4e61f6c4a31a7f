import { screen, within } from '@testing-library/react';
import { entityOf, renderPage } from './__testUtils__/renderPage';

const group = (name: string, parent?: string, children: string[] = []) =>
  entityOf('Group', name, {
    spec: { type: 'squad', profile: { displayName: name.toUpperCase() } },
    relations: [
      ...(parent
        ? [['childOf', `group:default/${parent}`] as [string, string]]
        : []),
      ...children.map(
        child => ['parentOf', `group:default/${child}`] as [string, string],
      ),
    ],
  });

const owned = (kind: string, name: string, owner: string) =>
  entityOf(kind, name, {
    spec: { type: 'service', owner },
    relations: [['ownedBy', `group:default/${owner}`]],
  });

const rows = async (name: string) =>
  within(await screen.findByRole('list', { name }))
    .getAllByRole('listitem')
    .map(item => item.textContent);

describe('the pages of an organisation', () => {
  it('show a group with what is below it, also where that goes in a circle', async () => {
    renderPage(group('rail', 'b', ['a']), {
      others: [
        group('a', 'rail', ['b']),
        group('b', 'a', ['rail']),
        owned('Component', 'shop', 'b'),
        owned('System', 'sales', 'a'),
        owned('Component', 'elsewhere', 'other'),
      ],
    });

    const tree = within(
      await screen.findByRole('region', { name: 'Where it stands' }),
    );
    expect(await tree.findByRole('link', { name: 'A' })).toBeVisible();
    expect(tree.getAllByRole('listitem')).toHaveLength(2);
    expect(await rows('Components')).toEqual([expect.stringMatching(/^shop/)]);
    expect(await rows('Systems')).toEqual([expect.stringMatching(/^sales/)]);
    expect(
      screen.getByText(/Nobody belongs to this group itself/),
    ).toBeVisible();
  });

  it('show a person with their groups and what they own through them', async () => {
    renderPage(
      entityOf('User', 'maren.osei', {
        spec: {
          profile: { displayName: 'Maren Osei', email: 'maren@rail.test' },
        },
        relations: [['memberOf', 'group:default/a']],
      }),
      { others: [group('a'), owned('Component', 'shop', 'a')] },
    );
    expect(
      await screen.findByRole('heading', { name: 'Maren Osei' }),
    ).toBeVisible();
    expect(await rows('Groups')).toEqual([expect.stringMatching(/^A/)]);
    expect(await rows('Components')).toEqual([expect.stringMatching(/^shop/)]);
    expect(screen.getByRole('link', { name: 'maren@rail.test' })).toBeVisible();
  });

  it('show a system with its parts by kind, and what to do when it is empty', async () => {
    renderPage(
      entityOf('System', 'sales', {
        spec: { owner: 'a' },
        relations: [
          ['ownedBy', 'group:default/a'],
          [
            'hasPart',
            'component:default/shop',
            'api:default/orders',
            'component:default/hidden',
          ],
        ],
      }),
      {
        others: [
          group('a'),
          owned('Component', 'shop', 'a'),
          owned('API', 'orders', 'a'),
        ],
      },
    );
    expect(await rows('Components')).toEqual([expect.stringMatching(/^shop/)]);
    expect(await rows('APIs')).toEqual([expect.stringMatching(/^orders/)]);
    expect(document.body).not.toHaveTextContent('hidden');
  });
});
