import { renderInTestApp } from '@backstage/frontend-test-utils';
import { Stepper } from '@backstage/plugin-scaffolder-react/alpha';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { GoldenPathLines } from './GoldenPathLines';

const MANIFEST = {
  title: 'A change',
  steps: [
    {
      title: 'The endpoints',
      schema: {
        type: 'object',
        required: ['endpoints'],
        properties: {
          endpoints: {
            title: 'Endpoints',
            type: 'array',
            minItems: 1,
            items: {
              type: 'string',
              pattern: '^GET /',
              errorMessage: { pattern: 'must be like GET /orders' },
            },
            'ui:field': 'GoldenPathLines',
          },
        },
      },
    },
  ],
};

async function renderForm(endpoints?: string[]) {
  const onCreate = jest.fn(async () => {});
  renderInTestApp(
    <Stepper
      manifest={MANIFEST}
      initialState={endpoints && { endpoints }}
      extensions={[{ name: 'GoldenPathLines', component: GoldenPathLines }]}
      onCreate={onCreate}
    />,
  );
  return {
    onCreate,
    user: userEvent.setup(),
    field: await screen.findByRole('textbox', { name: 'Endpoints' }),
  };
}

describe('GoldenPathLines', () => {
  it('shows a list line by line, and takes what is typed and pasted as one', async () => {
    const { user, field, onCreate } = await renderForm(['GET /a', 'GET /b']);
    expect(field).toHaveValue('GET /a\nGET /b');

    await user.click(field);
    await user.keyboard('{Control>}{End}{/Control}{Enter}{Enter}');
    expect(field).toHaveValue('GET /a\nGET /b\n\n');
    await user.paste('  GET /c\nGET /d  ');
    await user.click(screen.getByRole('button', { name: 'Review' }));
    await user.click(await screen.findByRole('button', { name: 'Create' }));

    expect(onCreate).toHaveBeenCalledWith({
      endpoints: ['GET /a', 'GET /b', 'GET /c', 'GET /d'],
    });
  });

  it('names the line that is wrong', async () => {
    const { user, field } = await renderForm(['GET /a', 'orders']);
    await user.click(screen.getByRole('button', { name: 'Review' }));

    await waitFor(() =>
      expect(field).toHaveAccessibleDescription(
        expect.stringContaining('orders: must be like GET /orders'),
      ),
    );
    expect(field).toBeInvalid();
    expect(screen.queryByRole('button', { name: 'Create' })).toBeNull();
  });

  it('is no answer when it is emptied', async () => {
    const { user, field } = await renderForm(['GET /a']);
    await user.clear(field);
    await user.click(screen.getByRole('button', { name: 'Review' }));

    await waitFor(() => expect(field).toBeInvalid());
    expect(screen.queryByRole('button', { name: 'Create' })).toBeNull();
  });
});
