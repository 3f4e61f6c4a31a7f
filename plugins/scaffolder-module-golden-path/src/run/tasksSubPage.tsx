import { coreExtensionData } from '@backstage/frontend-plugin-api';
import scaffolderPlugin from '@backstage/plugin-scaffolder/alpha';
import { lazy, Suspense } from 'react';

const TasksWithPanel = lazy(() =>
  import('./TasksWithPanel').then(module => ({
    default: module.TasksWithPanel,
  })),
);

/**
 * The scaffolder's own page, wrapped. It offers inputs for a run's output only,
 * which a failed run does not have.
 *
 * @internal
 */
export const tasksSubPage = scaffolderPlugin
  .getExtension('sub-page:scaffolder/tasks')
  .override({
    *factory(originalFactory) {
      const original = originalFactory();
      for (const data of original) {
        if (data.id !== coreExtensionData.reactElement.id) {
          yield data;
        }
      }
      yield coreExtensionData.reactElement(
        <Suspense fallback={null}>
          <TasksWithPanel>
            {original.get(coreExtensionData.reactElement)}
          </TasksWithPanel>
        </Suspense>,
      );
    },
  });
