import { renderInTestApp } from '@backstage/frontend-test-utils';
import { Stepper } from '@backstage/plugin-scaffolder-react/alpha';
import type { JsonValue } from '@backstage/types';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Review } from '../form/Review';
import { GoldenPathParts } from './GoldenPathParts';
import { validateParts } from './validateParts';

const MANIFEST = {
  title: 'A service',
  steps: [
    {
      title: 'More',
      schema: {
        type: 'object',
        properties: {
          leftOut: {
            title: 'Parts',
            type: 'array',
            items: {
              type: 'object',
              properties: {
                part: {
                  oneOf: [
                    { const: 'container', title: 'Container' },
                    {
                      const: 'kubernetes',
                      title: 'Manifests',
                      description: 'What a cluster needs.',
                    },
                    { const: 'secrets', title: 'Secrets' },
                    { const: 'docs', title: 'Documentation' },
                  ],
                },
                reason: { type: 'string' },
              },
            },
            'ui:field': 'GoldenPathParts',
            'ui:options': {
              needs: { kubernetes: ['container'], secrets: ['kubernetes'] },
            },
          },
        },
      },
    },
  ],
};

async function renderForm(leftOut?: JsonValue) {
  const onCreate = jest.fn(async () => {});
  renderInTestApp(
    <Stepper
      manifest={MANIFEST}
      initialState={leftOut ? { leftOut } : undefined}
      extensions={[
        {
          name: 'GoldenPathParts',
          component: GoldenPathParts,
          validation: validateParts,
        },
      ]}
      components={{ ReviewStateComponent: Review }}
      onCreate={onCreate}
    />,
  );
  await screen.findByRole('group', { name: 'Parts' });
  const user = userEvent.setup();
  return {
    onCreate,
    user,
    box: (name: string) => screen.getByRole('checkbox', { name }),
    next: () => user.click(screen.getByRole('button', { name: 'Review' })),
  };
}

const along = (title: string) => `Needs ${title}, which is left out.`;

describe('GoldenPathParts', () => {
  it('may stay as it is', async () => {
    const { box, next, onCreate, user } = await renderForm();
    expect(box('Manifests')).toBeChecked();
    expect(box('Manifests')).toHaveAccessibleDescription(
      expect.stringContaining('What a cluster needs.'),
    );
    expect(screen.getByText('Everything is in it.')).toBeVisible();

    await next();
    const row = await screen.findByRole('row', { name: /^Parts/ });
    expect(row).toHaveTextContent('nothing');
    await user.click(screen.getByRole('button', { name: 'Create' }));
    expect(onCreate).toHaveBeenCalledWith(
      expect.not.objectContaining({ leftOut: [expect.anything()] }),
    );
  });

  it('asks for a reason at once, and says what is wrong with it while it is typed', async () => {
    const { box, next, onCreate, user } = await renderForm();
    box('Documentation').focus();
    await user.keyboard(' ');
    const reason = screen.getByRole('textbox', {
      name: /Why without Documentation\?/,
    });
    expect(reason).toBeRequired();
    expect(reason).toBeValid();
    expect(screen.getByText(/^1 part left out: Documentation/)).toBeVisible();

    await next();
    await waitFor(() => expect(reason).toBeInvalid());
    expect(
      screen.getAllByText(/Documentation: Say why it is left out/)[0],
    ).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Create' })).toBeNull();

    await user.tab({ shift: true });
    await user.type(reason, '   In wiki');
    expect(reason).toHaveAccessibleDescription(
      'Say why in at least 10 characters; these are 7',
    );
    await user.type(reason, ' of the team');
    expect(reason).toBeValid();
    await user.clear(reason);
    await user.paste('x'.repeat(501));
    expect(reason).toHaveAccessibleDescription(/At most 500/);
    await user.clear(reason);
    await user.paste('It is in the wiki of the team');

    // What was typed is there again when the part is
    await user.click(box('Documentation'));
    expect(screen.queryByRole('textbox')).toBeNull();
    await user.click(box('Documentation'));
    expect(screen.getByRole('textbox')).toHaveValue(
      'It is in the wiki of the team',
    );

    await next();
    const row = await screen.findByRole('row', { name: /^Parts/ });
    expect(within(row).getByRole('term')).toHaveTextContent('Documentation');
    expect(within(row).getByRole('definition')).toHaveTextContent(
      'It is in the wiki of the team',
    );
    await user.click(screen.getByRole('button', { name: 'Create' }));
    expect(onCreate).toHaveBeenCalledWith({
      leftOut: [{ part: 'docs', reason: 'It is in the wiki of the team' }],
    });
  });

  it('takes along what needs a part, and brings back what one needs', async () => {
    const { box, next, onCreate, user } = await renderForm();
    await user.click(box('Secrets'));
    await user.type(screen.getByRole('textbox'), 'There is nothing to hide');
    await user.click(box('Container'));
    expect(box('Manifests')).not.toBeChecked();
    expect(box('Manifests')).toHaveAccessibleDescription(
      /Left out with Container, which it needs/,
    );
    // Only what was left out by hand wants a reason
    expect(screen.getAllByRole('textbox')).toHaveLength(2);
    expect(
      screen.getByText(
        'Manifests is left out, too, with Container. 3 parts left out: Container, Manifests and Secrets.',
      ),
    ).toBeVisible();

    await user.click(box('Manifests'));
    expect(box('Container')).toBeChecked();
    expect(box('Secrets')).not.toBeChecked();
    expect(
      screen.getByText(/^Container is in again, too, with Manifests/),
    ).toBeVisible();

    await user.click(box('Secrets'));
    await user.click(box('Container'));
    expect(
      screen.getByText(
        /^Manifests and Secrets are left out, too, with Container/,
      ),
    ).toBeVisible();
    await user.type(screen.getByRole('textbox'), 'Runs on a machine of ours');
    await next();
    await user.click(await screen.findByRole('button', { name: 'Create' }));
    expect(onCreate).toHaveBeenCalledWith({
      leftOut: [
        { part: 'container', reason: 'Runs on a machine of ours' },
        { part: 'kubernetes', reason: along('Container') },
        { part: 'secrets', reason: along('Manifests') },
      ],
    });
  });

  it('mends what a link brings along', async () => {
    const { box, next, onCreate, user } = await renderForm([
      { part: 'nonsense', reason: 'Nobody knows this part' },
      { part: 'docs', reason: 'It is in the wiki' },
      { part: 'docs', reason: 'It is in there twice' },
      { part: 'container', reason: 'Runs on a machine of ours' },
      { part: 'secrets', reason: along('Container') },
    ]);
    expect(box('Manifests')).not.toBeChecked();
    await next();
    await user.click(await screen.findByRole('button', { name: 'Create' }));
    expect(onCreate).toHaveBeenCalledWith({
      leftOut: [
        { part: 'container', reason: 'Runs on a machine of ours' },
        { part: 'kubernetes', reason: along('Container') },
        { part: 'secrets', reason: along('Container') },
        { part: 'docs', reason: 'It is in the wiki' },
      ],
    });
  });
});
