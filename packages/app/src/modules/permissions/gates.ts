import type { Permission } from '@backstage/plugin-permission-common';
import {
  taskCreatePermission,
  taskReadPermission,
  templateManagementPermission,
} from '@backstage/plugin-scaffolder-common/alpha';
import { goldenPathsHistoryManagePermission } from '@waymark/plugin-golden-paths-common';

/** What a part of a page asks of its reader. */
export interface Gate {
  /** Path below that of the page. */
  path: string;
  permission: Permission;
  /** Name of the parameter of the path that names the resource. */
  resource?: string;
  /** See the page that is shown instead. */
  what: string;
  who: string;
}

/**
 * The scaffolder itself hides buttons, but opens these pages to everybody: as a
 * form that fails at its end, a page not found, or an error as the backend gave it.
 */
export const SCAFFOLDER_GATES: Gate[] = [
  {
    path: 'edit/*',
    permission: templateManagementPermission,
    what: 'edit templates',
    who: 'Templates are managed by those who run this portal.',
  },
  {
    path: 'actions/*',
    permission: templateManagementPermission,
    what: 'see the actions that templates are made of',
    who: 'Templates are managed by those who run this portal.',
  },
  {
    path: 'templating-extensions/*',
    permission: templateManagementPermission,
    what: 'see what templates are written with',
    who: 'Templates are managed by those who run this portal.',
  },
  {
    path: 'templates/:namespace/:templateName',
    permission: taskCreatePermission,
    what: 'create anything with a template',
    who: 'That is for those who belong to a group that owns software.',
  },
  {
    path: 'tasks/:taskId',
    permission: taskReadPermission,
    resource: 'taskId',
    what: 'see this run, or there is no such run',
    who: 'A run is seen by whoever started it, and by those who oversee the portal.',
  },
];

/** Whose tab is only there for who may open it; the address can be typed by others. */
export const DELIVERY_GATES: Gate[] = [
  {
    path: 'imports/*',
    permission: goldenPathsHistoryManagePermission,
    what: 'import what happened before the portal was there',
    who: 'That is for those who run this portal.',
  },
];
