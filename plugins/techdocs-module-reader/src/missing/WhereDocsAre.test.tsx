import { renderInTestApp } from '@backstage/frontend-test-utils';
import { catalogApiRef, entityRouteRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import techdocsPlugin from '@backstage/plugin-techdocs/alpha';
import { screen, waitFor } from '@testing-library/react';
import { Route, Routes } from 'react-router-dom';
import { WhereDocsAre } from './WhereDocsAre';

function open(name: string) {
  const entity = (title: string, annotations: Record<string, string>) => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { namespace: 'default', name: title, title, annotations },
  });
  renderInTestApp(
    <Routes>
      <Route
        path="/docs/:namespace/:kind/:name/*"
        element={
          <WhereDocsAre>
            <p>The reader</p>
          </WhereDocsAre>
        }
      />
    </Routes>,
    {
      initialRouteEntries: [`/docs/default/component/${name}`],
      mountedRoutes: {
        '/catalog/:namespace/:kind/:name': entityRouteRef,
        '/docs': techdocsPlugin.routes.root,
      },
      apis: [
        [
          catalogApiRef,
          catalogApiMock({
            entities: [
              entity('undocumented', {}),
              entity('own', { 'backstage.io/techdocs-ref': 'dir:.' }),
              entity('lent', {
                'backstage.io/techdocs-entity': 'component:own',
              }),
            ],
          }),
        ],
      ],
    },
  );
}

// Else the first test waits for its modules to be read
beforeAll(() => import('./NoDocs'), 60_000);

it('says what to do where an entity has no documentation', async () => {
  open('undocumented');
  await screen.findByRole('heading', {
    name: 'undocumented has no documentation yet',
  });
  expect(
    screen.getByRole('region', { name: 'Lines for catalog-info.yaml' }),
  ).toHaveTextContent('backstage.io/techdocs-ref: dir:.');
  expect(
    screen.getByRole('link', { name: 'Open its page in the catalog' }),
  ).toHaveAttribute('href', '/catalog/default/component/undocumented');
  expect(screen.queryByText('The reader')).not.toBeInTheDocument();
});

it.each(['own', 'lent', 'unknown'])(
  'leaves the page of %s to the reader',
  async name => {
    open(name);
    await screen.findByText('The reader');
    await waitFor(() =>
      expect(screen.queryByRole('heading')).not.toBeInTheDocument(),
    );
  },
);
