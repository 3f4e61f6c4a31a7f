import {
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { JsonObject } from '@backstage/types';

/** @internal */
export interface UpgradeRequest {
  taskId: string;
  workspacePath: string;
  /** Reference to the component. */
  component: string;
  /** For fields of the form that are new, or whose answer no longer fits. */
  answers?: JsonObject;
  credentials: BackstageCredentials;
  logger: LoggerService;
  signal?: AbortSignal;
}
