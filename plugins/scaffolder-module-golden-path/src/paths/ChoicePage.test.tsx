import { screen } from '@testing-library/react';
import { renderTemplates, template } from '../__testUtils__/renderTemplates';

// In a file of its own: what the policy answers is remembered for as long as a
// page, or a test file, lives
it('lets whoever may not create look, and says whom to ask', async () => {
  renderTemplates({
    templates: [template('odd', 'Odd', { goldenPath: { needs: 'A name' } })],
    denied: ['scaffolder.task.create', 'scaffolder.template.management'],
  });
  expect(await screen.findByRole('article', { name: 'Odd' })).toBeVisible();
  expect(
    await screen.findByText('You may look at these, but not use them'),
  ).toBeVisible();
  expect(screen.getByRole('link', { name: 'Platform' })).toBeVisible();
  expect(screen.queryByRole('link', { name: /^Use this/ })).toBeNull();
  // For those who can mend it
  expect(screen.queryByText(/spec\.goldenPath/)).toBeNull();
});
