import {
  ApiBlueprint,
  createFrontendModule,
  discoveryApiRef,
  fetchApiRef,
  identityApiRef,
} from '@backstage/frontend-plugin-api';
import scaffolderPlugin from '@backstage/plugin-scaffolder/alpha';
import { scaffolderApiRef } from '@backstage/plugin-scaffolder-react';
import { scmIntegrationsApiRef } from '@backstage/integration-react';
import { FormFieldBlueprint } from '@backstage/plugin-scaffolder-react/alpha';
import { goldenPathApiRef, GoldenPathClient } from './api';
import { SharedLogClient } from './api/SharedLogClient';
import { templatesSubPage } from './paths/templatesSubPage';
import { tasksSubPage } from './run/tasksSubPage';
import { upgradeCard, upgradeTab } from './upgrade/upgradeExtensions';

const goldenPathApi = ApiBlueprint.make({
  name: 'golden-path',
  params: defineParams =>
    defineParams({
      api: goldenPathApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => new GoldenPathClient(deps),
    }),
});

const scaffolderApi = scaffolderPlugin.getExtension('api:scaffolder').override({
  params: defineParams =>
    defineParams({
      api: scaffolderApiRef,
      deps: {
        discoveryApi: discoveryApiRef,
        fetchApi: fetchApiRef,
        identityApi: identityApiRef,
        scmIntegrationsApi: scmIntegrationsApiRef,
      },
      factory: deps => new SharedLogClient(deps),
    }),
});

const linesFormField = FormFieldBlueprint.make({
  name: 'golden-path-lines',
  params: {
    field: () => import('./fields/formFields').then(m => m.linesField),
  },
});

const nameFormField = FormFieldBlueprint.make({
  name: 'golden-path-name',
  params: { field: () => import('./fields/formFields').then(m => m.nameField) },
});

const ownerFormField = FormFieldBlueprint.make({
  name: 'golden-path-owner',
  params: {
    field: () => import('./fields/formFields').then(m => m.ownerField),
  },
});

const partsFormField = FormFieldBlueprint.make({
  name: 'golden-path-parts',
  params: {
    field: () => import('./fields/formFields').then(m => m.partsField),
  },
});

const systemFormField = FormFieldBlueprint.make({
  name: 'golden-path-system',
  params: {
    field: () => import('./fields/formFields').then(m => m.systemField),
  },
});

/**
 * The pages for choosing what to create, for its form and for its runs, the form fields
 * of the golden paths, and on the pages of services what a newer version brings them.
 *
 * @public
 */
export const scaffolderModuleGoldenPath = createFrontendModule({
  pluginId: 'scaffolder',
  extensions: [
    goldenPathApi,
    scaffolderApi,
    linesFormField,
    nameFormField,
    ownerFormField,
    partsFormField,
    systemFormField,
    tasksSubPage,
    templatesSubPage,
    upgradeCard,
    upgradeTab,
  ],
});
