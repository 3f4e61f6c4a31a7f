import { coreExtensionData } from '@backstage/frontend-plugin-api';
import scaffolderPlugin from '@backstage/plugin-scaffolder/alpha';
import {
  scaffolderTemplateOutputsComponentRef,
  scaffolderTemplateOutputTemplateRefsRef,
} from '@backstage/plugin-scaffolder-react/alpha';
import { LoadingLines } from '@waymark/ui';
import { lazy, Suspense } from 'react';

const TasksPage = lazy(() =>
  import('./TasksPage').then(module => ({ default: module.TasksPage })),
);

/**
 * Our pages of runs in place of the scaffolder's own, at the same addresses.
 *
 * @internal
 */
export const tasksSubPage = scaffolderPlugin
  .getExtension('sub-page:scaffolder/tasks')
  .override({
    *factory(originalFactory, { config, inputs }) {
      yield* originalFactory({
        config: { ...config, title: config.title ?? 'Runs' },
      });
      const customOutcomes = inputs.templateOutputsComponents?.map(input => ({
        component: input.get(scaffolderTemplateOutputsComponentRef),
        templateRefs: input.get(scaffolderTemplateOutputTemplateRefsRef),
      }));
      // In place of the one before
      yield coreExtensionData.reactElement(
        <Suspense fallback={<LoadingLines label="Loading the runs" />}>
          <TasksPage customOutcomes={customOutcomes} />
        </Suspense>,
      );
    },
  });
