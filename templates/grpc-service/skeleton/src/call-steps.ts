import type { Interceptor } from '@connectrpc/connect';

type Next = Parameters<Interceptor>[0];
type Request = Parameters<Next>[0];
type Response = Awaited<ReturnType<Next>>;

export interface CallSteps {
  /** Goes around the call itself and, of a stream, around the wait for each message. */
  around<T>(step: () => Promise<T>): Promise<T>;
  /** Once, when the call is over; without an error when it went well or nobody wants more of it. */
  ended?(error?: unknown): void;
}

/** Passes a call on step by step, whether it answers with one message or with a stream. */
export async function inSteps(options: { next: Next; request: Request; steps: CallSteps }): Promise<Response> {
  const { next, request, steps } = options;
  try {
    const response = await steps.around(() => next(request));
    if (response.stream) {
      return { ...response, message: messagesInSteps(response.message, steps) };
    }
    steps.ended?.();
    return response;
  } catch (error) {
    steps.ended?.(error);
    throw error;
  }
}

function messagesInSteps<T>(messages: AsyncIterable<T>, steps: CallSteps): AsyncIterable<T> {
  let over = false;
  const end = (error?: unknown) => {
    if (!over) {
      over = true;
      steps.ended?.(error);
    }
  };
  return {
    [Symbol.asyncIterator]() {
      const iterator = messages[Symbol.asyncIterator]();
      return {
        async next() {
          try {
            const result = await steps.around(() => iterator.next());
            if (result.done) {
              end();
            }
            return result;
          } catch (error) {
            end(error);
            throw error;
          }
        },
        async throw(error: unknown) {
          end(error);
          return (await iterator.throw?.(error)) ?? { done: true, value: undefined };
        },
        async return(value?: unknown) {
          end();
          return (await iterator.return?.(value)) ?? { done: true, value };
        },
      };
    },
  };
}
