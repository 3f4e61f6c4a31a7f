import { createApiRef } from '@backstage/frontend-plugin-api';
import type { ComponentType } from 'react';

/**
 * Where a question to the platform team arises. Nothing else goes along with what a
 * person writes.
 *
 * @public
 */
export interface AskAbout {
  /** A title to begin with. */
  title?: string;
  entityRef?: string;
  templateRef?: string;
  /** The step of a form, a run or a pipeline; or the id of a rule. */
  step?: string;
  /** Of a run of the scaffolder. */
  taskId?: string;
  scorecardRef?: string;
}

/**
 * The way to the platform team, offered by a plugin of the app.
 *
 * @public
 */
export interface SupportApi {
  /** A button that asks what one wants to know. */
  AskButton: ComponentType<{ about: AskAbout }>;
}

/**
 * Present where a plugin takes questions to the platform team.
 *
 * @public
 */
export const supportApiRef = createApiRef<SupportApi>({
  id: 'plugin.golden-paths.support',
});
