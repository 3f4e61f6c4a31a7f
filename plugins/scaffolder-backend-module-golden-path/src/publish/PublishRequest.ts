import { LoggerService } from '@backstage/backend-plugin-api';
import { JsonObject } from '@backstage/types';
import { OwningGroup } from '../hosts/RepositoryHost';
import { LeftOut } from '../render/leftOut';

/**
 * What is to be published, and for whom.
 *
 * @internal
 */
export interface PublishRequest {
  taskId: string;
  workspacePath: string;
  name: string;
  owner: string;
  /** The owner as the catalog has it. */
  group: OwningGroup;
  description: string;
  defaultBranch: string;
  template: string;
  version: string;
  /** What the author of the template calls that version. */
  pathVersion?: string;
  layers: { name: string; version: string }[];
  leftOut: LeftOut[];
  answers: JsonObject;
  /** @throws InputError when the name is taken in the catalog or on the host */
  assertFree: () => Promise<unknown>;
  logger: LoggerService;
  signal?: AbortSignal;
}
