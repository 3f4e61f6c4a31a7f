import { mockCredentials } from '@backstage/backend-test-utils';
import { JsonObject } from '@backstage/types';
import { eventually } from '@waymark/backend-test-support';

export interface TaskEvent {
  type: string;
  body: { message: string; stepId?: string; output?: JsonObject };
}

/** What a person does with a portal, over its REST. */
export function portalClient(baseUrl: string) {
  async function call(
    path: string,
    init: RequestInit & { user?: string } = {},
  ): Promise<{ status: number; body: any }> {
    const { user = 'user:default/mock', ...rest } = init;
    const response = await fetch(`${baseUrl}${path}`, {
      ...rest,
      headers: {
        authorization: mockCredentials.user.header(user),
        ...(init.body ? { 'content-type': 'application/json' } : {}),
        ...rest.headers,
      },
    });
    const text = await response.text();
    return {
      status: response.status,
      body: text ? JSON.parse(text) : undefined,
    };
  }

  const until = <T>(
    what: string,
    look: () => Promise<T | undefined>,
  ): Promise<T> => eventually(what, look);

  async function entity(ref: string): Promise<any> {
    const [, kind, name] = /^(.+):default\/(.+)$/.exec(ref) ?? [];
    const { status, body } = await call(
      `/api/catalog/entities/by-name/${kind}/default/${name}`,
    );
    return status === 200 ? body : undefined;
  }

  return {
    call,
    until,
    entity,

    async start(
      values: JsonObject,
      secrets?: JsonObject,
      templateRef: string = 'template:default/demo',
    ): Promise<string> {
      const { status, body } = await call('/api/scaffolder/v2/tasks', {
        method: 'POST',
        body: JSON.stringify({
          templateRef,
          values,
          secrets,
        }),
      });
      if (status !== 201) {
        throw new Error(`Task was refused: ${JSON.stringify(body)}`);
      }
      return body.id;
    },

    async retry(taskId: string): Promise<void> {
      const { status } = await call(
        `/api/scaffolder/v2/tasks/${taskId}/retry`,
        {
          method: 'POST',
          body: JSON.stringify({}),
        },
      );
      expect(status).toBe(201);
    },

    /** Waits for the end of a task. */
    async end(taskId: string): Promise<{
      status: string;
      error: string;
      output: any;
      events: TaskEvent[];
    }> {
      const read = async (path: string = '') =>
        (await call(`/api/scaffolder/v2/tasks/${taskId}${path}`)).body;
      const status = await until(`${taskId} ends`, async () => {
        const task = await read();
        return ['completed', 'failed', 'cancelled'].includes(task.status)
          ? (task.status as string)
          : undefined;
      }).catch(async error => {
        const messages = (await read('/events')).map(
          (event: TaskEvent) => event.body.message,
        );
        throw new Error(
          `${error.message}: ${(await read()).status}\n${messages.join('\n')}`,
        );
      });
      const events = await read('/events');
      const last = events.findLast((e: TaskEvent) => e.type === 'completion');
      return {
        status,
        error: last?.body.error?.message ?? '',
        output: last?.body.output,
        events,
      };
    },
  };
}
