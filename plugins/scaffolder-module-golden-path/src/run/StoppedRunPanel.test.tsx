import { within } from '@testing-library/react';
import { findPanel, renderTask } from '../__testUtils__/renderTask';

// In a file of its own: what the policy answers is remembered for as long as a
// page, or a test file, lives
describe('the panel of a run that somebody else looks at', () => {
  it('offers whoever only reads neither', async () => {
    renderTask({
      denied: ['scaffolder.task.create', 'scaffolder.task.cancel'],
      run: { undo: { possible: false, reason: 'it is not yours' } },
    });
    const panel = await findPanel();

    expect(panel).toHaveTextContent('name: ledger is taken');
    expect(within(panel).queryByRole('button')).toBeNull();
    expect(panel).not.toHaveTextContent('Undo is not possible');
  });
});
