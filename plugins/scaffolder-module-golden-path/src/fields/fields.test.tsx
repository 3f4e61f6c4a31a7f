import { identityApiRef } from '@backstage/frontend-plugin-api';
import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { Stepper } from '@backstage/plugin-scaffolder-react/alpha';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { goldenPathApiRef, type GoldenPathCheckResult } from '../api';
import { createFakeBackend } from '../__testUtils__/fakeBackend';
import { GoldenPathName } from './GoldenPathName';
import { GoldenPathOwner } from './GoldenPathOwner';
import { GoldenPathSystem } from './GoldenPathSystem';
import { validateName } from './validateName';
import { validateOwner } from './validateOwner';

const group = (name: string, title?: string) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Group',
  metadata: { name, title },
  spec: { type: 'team', children: [] },
});

const system = (name: string, owner: string) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'System',
  metadata: { name },
  spec: { owner },
  relations: [{ type: 'ownedBy', targetRef: `group:default/${owner}` }],
});

const ENTITIES = [
  group('payments', 'Payments'),
  group('platform', 'Platform'),
  {
    ...group('search', 'Search'),
    relations: [{ type: 'ownerOf', targetRef: 'system:default/ranking' }],
  },
  system('billing', 'payments'),
  system('ranking', 'search'),
  system('indexing', 'search'),
  {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: { name: 'kim' },
    spec: {},
    relations: [{ type: 'memberOf', targetRef: 'group:default/payments' }],
  },
];

const MANIFEST = {
  title: 'A service',
  steps: [
    {
      title: 'The service',
      schema: {
        type: 'object',
        required: ['name', 'owner'],
        properties: {
          name: { title: 'Name', type: 'string', 'ui:field': 'GoldenPathName' },
          owner: {
            title: 'Owner',
            type: 'string',
            'ui:field': 'GoldenPathOwner',
          },
          system: {
            title: 'System',
            type: 'string',
            'ui:field': 'GoldenPathSystem',
          },
        },
      },
    },
  ],
};

async function renderForm(
  options: {
    check?: (query: URLSearchParams) => GoldenPathCheckResult;
    userEntityRef?: string;
    ownershipEntityRefs?: string[];
    answers?: Record<string, string>;
  } = {},
) {
  const onCreate = jest.fn(async () => {});
  const { goldenPathApi } = createFakeBackend(({ url }) =>
    url.pathname.endsWith('/golden-path/checks')
      ? {
          body: options.check?.(url.searchParams) ?? {
            valid: true,
            errors: [],
          },
        }
      : undefined,
  );
  const userEntityRef = options.userEntityRef ?? 'user:default/kim';
  renderInTestApp(
    <Stepper
      manifest={MANIFEST}
      initialState={options.answers}
      extensions={[
        {
          name: 'GoldenPathName',
          component: GoldenPathName,
          validation: validateName,
        },
        {
          name: 'GoldenPathOwner',
          component: GoldenPathOwner,
          validation: validateOwner,
        },
        { name: 'GoldenPathSystem', component: GoldenPathSystem },
      ]}
      onCreate={onCreate}
    />,
    {
      apis: [
        [goldenPathApiRef, goldenPathApi],
        [catalogApiRef, catalogApiMock({ entities: ENTITIES })],
        [
          identityApiRef,
          mockApis.identity({
            userEntityRef,
            ownershipEntityRefs: options.ownershipEntityRefs ?? [userEntityRef],
          }),
        ],
      ],
    },
  );
  return {
    onCreate,
    user: userEvent.setup(),
    name: await screen.findByRole('textbox', { name: 'Name' }),
    owner: await screen.findByRole('combobox', { name: 'Owner' }),
    system: await screen.findByRole('combobox', { name: 'System' }),
  };
}

const alertTexts = () =>
  screen
    .getAllByRole('alert')
    .map(alert => alert.textContent)
    .join(' ');

describe('GoldenPathName', () => {
  it.each([
    ['Payments', /uppercase letters/],
    ['../x', /characters that are not allowed/],
    ['ab', /too short/],
    ['a'.repeat(64), /64 characters: use at most 50/],
    ['1st', /start with a lowercase letter/],
    ['a--b', /hyphen too many/],
    ['service-', /hyphen too many/],
  ])('says at once what is wrong with %s', async (value, reason) => {
    const { user, name } = await renderForm();

    // All at once: the whole form is rendered again for every key
    await user.click(name);
    await user.paste(value);

    expect(alertTexts()).toMatch(reason);
    expect(name).toHaveAccessibleDescription(reason);
    expect(name).toBeInvalid();
  });

  it('asks the backend about this name and this owner, and passes its answer on', async () => {
    const questions: string[] = [];
    const { user, name } = await renderForm({
      check: query => {
        questions.push(query.toString());
        return query.get('name') === 'ledger'
          ? {
              valid: false,
              errors: [
                { field: 'owner', message: 'not about the name' },
                { field: 'name', message: "'ledger' is taken" },
              ],
            }
          : { valid: true, errors: [] };
      },
    });

    await user.type(name, 'ledger');
    expect(await screen.findByText("'ledger' is taken.")).toBeInTheDocument();
    expect(name).toBeInvalid();
    expect(alertTexts()).not.toContain('not about the name');
    expect(questions.at(-1)).toBe(
      'name=ledger&owner=group%3Adefault%2Fpayments',
    );

    await user.type(name, '-two');
    expect(await screen.findByText('This name is free.')).toBeInTheDocument();
    expect(name).toBeValid();
    // One question per pause, not per key
    expect(questions.length).toBeLessThan(5);
  });

  it('does not let a taken name pass the form', async () => {
    const { user, name, onCreate } = await renderForm({
      check: () => ({
        valid: false,
        errors: [{ field: 'name', message: "'ledger' is taken" }],
      }),
    });

    await user.type(name, 'ledger');
    await user.click(screen.getByRole('button', { name: 'Review' }));

    expect(
      (await screen.findAllByText(/'ledger' is taken/)).length,
    ).toBeGreaterThan(0);
    expect(screen.queryByRole('button', { name: 'Create' })).toBeNull();
    expect(onCreate).not.toHaveBeenCalled();
  });

  it('takes an unreachable backend for neither yes nor no', async () => {
    const { user, name } = await renderForm({
      check: () => {
        throw new TypeError('Failed to fetch');
      },
    });

    await user.type(name, 'ledger');
    expect(
      await screen.findByText(/Could not check whether this name is free/),
    ).toBeInTheDocument();
    expect(name).toBeValid();
    expect(screen.queryByText('This name is free.')).toBeNull();

    await user.click(screen.getByRole('button', { name: 'Review' }));
    expect(
      await screen.findByRole('button', { name: 'Create' }),
    ).toBeInTheDocument();
  });
});

describe('GoldenPathOwner', () => {
  it('starts with the group of the sign-in', async () => {
    const { owner } = await renderForm({
      ownershipEntityRefs: ['user:default/kim', 'group:default/platform'],
    });
    await waitFor(() => expect(owner).toHaveValue('Platform'));
  });

  it('starts with that of several groups which owns something already', async () => {
    const { owner } = await renderForm({
      ownershipEntityRefs: [
        'user:default/kim',
        'group:default/platform',
        'group:default/search',
      ],
    });
    await waitFor(() => expect(owner).toHaveValue('Search'));
  });

  it('starts with the group of the catalog when the sign-in names none', async () => {
    const { owner } = await renderForm();
    await waitFor(() => expect(owner).toHaveValue('Payments'));
  });

  it('stays empty for a stranger, and offers every group', async () => {
    const { owner, user } = await renderForm({
      userEntityRef: 'user:default/stranger',
    });

    await user.click(owner);

    expect(
      (await screen.findAllByRole('option')).map(option => option.textContent),
    ).toEqual(['Payments', 'Platform', 'Search']);
    expect(owner).toHaveValue('');
  });

  it('takes no free text', async () => {
    const { owner, user } = await renderForm({
      userEntityRef: 'user:default/stranger',
    });

    await user.type(owner, 'nobody');
    await user.tab();

    await waitFor(() => expect(owner).toHaveValue(''));
  });

  it('refuses what came in by a link and is no group', async () => {
    const { user, name } = await renderForm({
      answers: { owner: 'user:default/kim' },
    });

    expect(
      await screen.findByText(/“user:default\/kim” is not in the catalog/),
    ).toBeInTheDocument();
    await user.type(name, 'ledger');
    await user.click(screen.getByRole('button', { name: 'Review' }));

    expect(
      (await screen.findAllByText(/is not a group of the catalog/)).length,
    ).toBeGreaterThan(0);
    expect(screen.queryByRole('button', { name: 'Create' })).toBeNull();
  });
});

describe('GoldenPathSystem', () => {
  it('follows the owner while exactly one system fits, until the reader chooses', async () => {
    const {
      user,
      name,
      owner,
      system: systemField,
      onCreate,
    } = await renderForm();
    await waitFor(() => expect(systemField).toHaveValue('billing'));

    // Two systems fit: none is chosen for the reader
    await user.clear(owner);
    await user.type(owner, 'sea');
    await user.click(await screen.findByRole('option', { name: 'Search' }));
    await waitFor(() => expect(systemField).toHaveValue(''));

    await user.click(systemField);
    expect(
      (await screen.findAllByRole('option')).map(option => option.textContent),
    ).toEqual(['indexing', 'ranking', 'billing']);
    await user.click(screen.getByRole('option', { name: 'ranking' }));

    await user.clear(owner);
    await user.type(owner, 'pay');
    await user.click(await screen.findByRole('option', { name: 'Payments' }));
    expect(systemField).toHaveValue('ranking');

    await user.type(name, 'ledger');
    await user.click(screen.getByRole('button', { name: 'Review' }));
    await user.click(await screen.findByRole('button', { name: 'Create' }));
    expect(onCreate).toHaveBeenCalledWith({
      name: 'ledger',
      owner: 'group:default/payments',
      system: 'system:default/ranking',
    });
  });
});
