import {
  ApiBlueprint,
  createFrontendModule,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/frontend-plugin-api';
import { FormFieldBlueprint } from '@backstage/plugin-scaffolder-react/alpha';
import { goldenPathApiRef, GoldenPathClient } from './api';
import { tasksSubPage } from './run/tasksSubPage';

const goldenPathApi = ApiBlueprint.make({
  name: 'golden-path',
  params: defineParams =>
    defineParams({
      api: goldenPathApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => new GoldenPathClient(deps),
    }),
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

const systemFormField = FormFieldBlueprint.make({
  name: 'golden-path-system',
  params: {
    field: () => import('./fields/formFields').then(m => m.systemField),
  },
});

/**
 * Form fields of the golden paths and the panel beside a run that stopped.
 *
 * @public
 */
export const scaffolderModuleGoldenPath = createFrontendModule({
  pluginId: 'scaffolder',
  extensions: [
    goldenPathApi,
    nameFormField,
    ownerFormField,
    systemFormField,
    tasksSubPage,
  ],
});
