import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { MemoryRouter } from 'react-router';
import { expect, test } from 'vitest';
import { App } from './App.tsx';
import { config, steps } from './testing/example.ts';
import { fakeService } from './testing/fakeService.ts';

function open(path = '/') {
  return render(
    <MemoryRouter initialEntries={[path]}>
      <App />
    </MemoryRouter>,
  );
}

/** What axe finds wrong; it cannot see colors here. */
async function barriers(container: Element): Promise<string[]> {
  const { violations } = await axe.run(container, { rules: { 'color-contrast': { enabled: false } } });
  return violations.map(({ id, help }) => `${id}: ${help}`);
}

test('loads, lists, finds, and says when nothing was found', async () => {
  const asked = fakeService({ '/config.json': [Response.json(config)], '/first-steps.json': [Response.json(steps)] });
  const user = userEvent.setup();
  const { container } = open();
  expect(screen.getByRole('status')).toHaveTextContent('The page is loading');

  expect(await screen.findByRole('heading', { level: 1, name: 'First steps' })).toBeVisible();
  expect(await screen.findByText('2 of 2 steps')).toBeVisible();
  expect(screen.getByText('staging')).toBeVisible();
  expect(screen.getByText(config.description)).toBeVisible();
  expect(document.title).toBe('First steps · seat-maps');
  expect(await barriers(container)).toEqual([]);

  const field = screen.getByRole('searchbox', { name: 'Find a step' });
  await user.type(field, 'HANDBOOK');
  expect(screen.getAllByRole('listitem')).toHaveLength(1);
  expect(screen.getByRole('status')).toHaveTextContent('1 of 2 steps');

  await user.clear(field);
  await user.type(field, 'holiday');
  expect(screen.getByRole('status')).toHaveTextContent('No step has “holiday” in it.');
  expect(await barriers(container)).toEqual([]);
  await user.click(screen.getByRole('button', { name: 'Show all steps' }));
  expect(screen.getAllByRole('listitem')).toHaveLength(2);

  // One trace for the whole page view, a span of its own for each request
  const parents = asked.map(({ headers }) => headers.get('traceparent')!.split('-'));
  expect(parents).toHaveLength(2);
  expect(new Set(parents.map(([, trace]) => trace)).size).toBe(1);
  expect(new Set(parents.map(([, , span]) => span)).size).toBe(2);
  expect(parents[0]!.join('-')).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
});

test.each([
  ['no answer', new TypeError('Failed to fetch'), 'There is no connection, or no answer in time.'],
  ['an error', new Response('', { status: 503 }), 'The answer was 503.'],
  ['something else', new Response('<html>'), 'The answer could not be read.'],
])('says that the list could not be loaded and tries again: %s', async (_title, failure, words) => {
  fakeService({ '/config.json': [Response.json(config)], '/first-steps.json': [failure, Response.json(steps)] });
  const { container } = open();
  const alert = await screen.findByRole('alert');
  expect(alert).toHaveTextContent(`The list could not be loaded. ${words}`);
  expect(await barriers(container)).toEqual([]);
  await userEvent.click(within(alert).getByRole('button', { name: 'Try again' }));
  expect(await screen.findAllByRole('listitem')).toHaveLength(2);
  expect(screen.queryByRole('alert')).not.toBeInTheDocument();
});

test('an empty list says what to do', async () => {
  fakeService({ '/config.json': [Response.json(config)], '/first-steps.json': [Response.json([])] });
  open();
  expect(await screen.findByText(/There is nothing to do/)).toBeVisible();
  expect(screen.queryByRole('searchbox')).not.toBeInTheDocument();
});

test('without its settings the page says so', async () => {
  fakeService({ '/config.json': [new Response('', { status: 500 }), Response.json({ ...config, environment: 'production', apiUrl: undefined })] });
  open('/settings');
  await userEvent.click(await screen.findByRole('button', { name: 'Try again' }));
  expect(await screen.findByRole('heading', { name: 'Settings' })).toBeVisible();
  const values = screen.getAllByRole('definition').map(definition => definition.textContent);
  expect(values).toEqual(['production', '0.1.0', '0.1.0', 'none']);
});

test('from page to page the heading takes the focus; an unknown address leads back', async () => {
  fakeService({ '/config.json': [Response.json(config)], '/first-steps.json': [Response.json(steps)] });
  const { container } = open('/no/such/page');
  expect(await screen.findByRole('heading', { name: 'There is no such page' })).toBeVisible();
  await userEvent.click(screen.getByRole('link', { name: 'Go to the first steps' }));
  expect(await screen.findByRole('heading', { name: 'First steps' })).toHaveFocus();

  await userEvent.click(within(screen.getByRole('navigation')).getByRole('link', { name: 'Settings' }));
  expect(screen.getByRole('heading', { name: 'Settings' })).toHaveFocus();
  expect(document.title).toBe('Settings · seat-maps');
  expect(screen.getByText('https://api.example.org')).toBeVisible();
  expect(await barriers(container)).toEqual([]);
});
