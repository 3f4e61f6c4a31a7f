import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { TypeAhead } from './TypeAhead';

it('keeps what is typed for the field, and away from the page', async () => {
  const typed = { current: '' };
  const onClose = jest.fn();
  const onSubmit = jest.fn();
  const { rerender } = render(
    <>
      <button onClick={onSubmit}>Of the page</button>
      <TypeAhead typed={typed} onClose={onClose} />
    </>,
  );
  screen.getByRole('button').focus();
  const user = userEvent.setup();

  await user.keyboard('tickket{Backspace}{Backspace}{Backspace}et {Enter}');
  expect(typed.current).toBe('ticket ');
  expect(onSubmit).not.toHaveBeenCalled();

  await user.keyboard('{Escape}');
  expect(onClose).toHaveBeenCalledTimes(1);

  rerender(<button onClick={onSubmit}>Of the page</button>);
  await user.keyboard('{Enter}');
  expect(onSubmit).toHaveBeenCalledTimes(1);
  expect(typed.current).toBe('');
});
