import {
  startGoldenPathBackend,
  GoldenPathBackend,
} from './__testUtils__/startGoldenPathBackend';

jest.setTimeout(120_000);

let backend: GoldenPathBackend;
beforeAll(async () => {
  backend = await startGoldenPathBackend();
});
afterAll(async () => {
  await backend.stop();
});

it('makes a service', async () => {
  const id = await backend.start({
    name: 'first-one',
    owner: 'group:default/payments',
    description: 'x',
  });
  const end = await backend.end(id);
  expect(end.status).toBe('completed');
});
