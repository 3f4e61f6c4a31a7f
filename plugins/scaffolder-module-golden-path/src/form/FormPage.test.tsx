import { screen, waitFor, within } from '@testing-library/react';
import { renderTemplates, template } from '../__testUtils__/renderTemplates';

const ORDERS = template('orders', 'Orders', {
  parameters: {
    type: 'object',
    description: 'What nobody else can know.',
    required: ['name'],
    properties: {
      name: { title: 'Name', type: 'string' },
      size: {
        title: 'Size',
        type: 'string',
        enum: ['s', 'l'],
        enumNames: ['Small', 'Large'],
        default: 'l',
      },
      pin: { title: 'PIN', type: 'string', 'ui:widget': 'password' },
    },
  },
});
const PATH = '/default/orders';

describe('the form of a template', () => {
  beforeEach(() => sessionStorage.clear());

  it('keeps answers over a reload, but no secret', async () => {
    const { user, unmount } = renderTemplates({
      templates: [ORDERS],
      path: PATH,
    });
    await user.type(
      await screen.findByRole('textbox', { name: 'Name' }),
      'order-desk',
    );
    await user.type(screen.getByLabelText('PIN'), '4711');
    await waitFor(() =>
      expect(JSON.stringify(sessionStorage)).toContain('order-desk'),
    );
    expect(JSON.stringify(sessionStorage)).not.toContain('4711');
    unmount();

    renderTemplates({ templates: [ORDERS], path: PATH });
    expect(await screen.findByRole('textbox', { name: 'Name' })).toHaveValue(
      'order-desk',
    );
  });

  it('leads to what needs a look, until it is mended', async () => {
    const { user } = renderTemplates({ templates: [ORDERS], path: PATH });
    const name = await screen.findByRole('textbox', { name: 'Name' });
    const refused = () => screen.queryByText(/field needs a look/);
    for (const _ of ['first', 'second']) {
      await user.click(screen.getByRole('button', { name: 'Review' }));
      await waitFor(() => expect(name).toHaveFocus());
      expect(name).toHaveAccessibleDescription(/This needs an answer\./);
      expect(name).toBeInvalid();
      expect(refused()).toHaveTextContent('1 field');
    }
    await user.tab();
    await user.click(screen.getByRole('button', { name: 'Name' }));
    expect(name).toHaveFocus();
    await user.type(name, 'o');
    expect(refused()).toBeNull();
    expect(name).toBeValid();
  });

  it('reviews in the words of the form, and says when nothing could be started', async () => {
    const answers = [
      {
        status: 503,
        body: { error: { name: 'ServiceUnavailable', message: 'Down' } },
      },
      { status: 201, body: { id: 'abc' } },
    ];
    const { user, started } = renderTemplates({
      templates: [ORDERS],
      path: `${PATH}?formData=${encodeURIComponent('{"name":"linked"}')}`,
      onCreate: () => answers.shift()!,
    });
    expect(await screen.findByRole('textbox', { name: 'Name' })).toHaveValue(
      'linked',
    );
    expect(await screen.findByText('What nobody else can know.')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Review' }));
    const row = await screen.findByRole('row', { name: /^Size/ });
    expect(within(row).getByRole('cell')).toHaveTextContent('Large');
    expect(
      screen.getByRole('heading', { name: 'Is this right?' }),
    ).toHaveFocus();
    await user.click(screen.getByRole('button', { name: 'Back' }));
    expect(await screen.findByRole('textbox', { name: 'Name' })).toHaveFocus();
    await user.click(screen.getByRole('button', { name: 'Review' }));
    await screen.findByRole('row', { name: /^Size/ });

    const create = screen.getByRole('button', { name: 'Create' });
    await user.click(create);
    await waitFor(() =>
      expect(
        screen
          .getAllByRole('alert')
          .map(alert => alert.textContent)
          .join(),
      ).toMatch(/Nothing was created.*Your answers are still here/),
    );
    await user.click(create);
    await waitFor(() => expect(started).toHaveLength(2));
    expect(started[1]).toMatchObject({
      templateRef: 'template:default/orders',
      values: { name: 'linked', size: 'l' },
    });
    await waitFor(() => expect(sessionStorage).toHaveLength(0));
  });

  it('is the one of the scaffolder where a field is unknown to us', async () => {
    renderTemplates({
      templates: [
        template('orders', 'Orders', {
          parameters: { properties: { x: { 'ui:field': 'Elsewhere' } } },
        }),
      ],
      path: PATH,
    });
    expect(await screen.findByText('The form of the scaffolder')).toBeVisible();
    expect(screen.getByText('About orders')).toBeVisible();
  });

  it('says so when there is no such template', async () => {
    renderTemplates({ templates: [], path: PATH });
    expect(
      await screen.findByRole('heading', {
        name: 'There is no template orders',
      }),
    ).toBeVisible();
  });
});
