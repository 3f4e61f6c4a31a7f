import type { PermissionApi } from '@backstage/plugin-permission-react';
import {
  ciCredentialReadPermission,
  type CiCredentialsApi,
} from '@waymark/plugin-ci-credentials-common';
import type {
  CiCredentialsAccessApi,
  OverallAccess,
} from './CiCredentialsAccessApi';

/** How long an answer holds, in milliseconds. */
const LIFETIME = 60_000;

interface Remembered<T> {
  askedAt: number;
  answer: Promise<T>;
  /** Once it is there. */
  value?: T;
}

/**
 * Asks the backend and the policy, and remembers for a minute.
 *
 * @internal
 */
export class RememberedAccess implements CiCredentialsAccessApi {
  private readonly client: CiCredentialsApi;
  private readonly permissionApi: PermissionApi;
  private readonly overall = new Map<'overall', Remembered<OverallAccess>>();
  private readonly reads = new Map<string, Remembered<boolean>>();

  constructor(options: {
    client: CiCredentialsApi;
    permissionApi: PermissionApi;
  }) {
    this.client = options.client;
    this.permissionApi = options.permissionApi;
  }

  getOverall(): Promise<OverallAccess> {
    return this.remember(this.overall, 'overall', async () => {
      const { access } = await this.client.getSettings();
      return access;
    });
  }

  checkRead(entityRef: string): Promise<boolean> {
    return this.remember(this.reads, entityRef, async () => {
      const { result } = await this.permissionApi.authorize({
        permission: ciCredentialReadPermission,
        resourceRef: entityRef,
      });
      return result === 'ALLOW';
    });
  }

  peekRead(entityRef: string): boolean | undefined {
    return this.reads.get(entityRef)?.value;
  }

  private remember<TKey, TValue>(
    memory: Map<TKey, Remembered<TValue>>,
    key: TKey,
    ask: () => Promise<TValue>,
  ): Promise<TValue> {
    const known = memory.get(key);
    if (known && Date.now() - known.askedAt < LIFETIME) {
      return known.answer;
    }
    const answer = ask();
    const entry: Remembered<TValue> = {
      askedAt: Date.now(),
      answer,
      // What held before is better than nothing until the answer is there
      value: known?.value,
    };
    memory.set(key, entry);
    answer.then(
      value => {
        entry.value = value;
      },
      () => {
        // A failure is not an answer: the next one asks again
        if (memory.get(key) === entry) {
          memory.delete(key);
        }
      },
    );
    return answer;
  }
}
