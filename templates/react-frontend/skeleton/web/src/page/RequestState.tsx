import type { Request } from '../api/useRequest.ts';

export interface RequestStateProps {
  readonly request: Exclude<Request<unknown>, { state: 'done' }>;
  /** What is asked for, as a sentence begins: "The list". */
  readonly what: string;
}

/** A request that is not answered yet, or was not answered. */
export function RequestState({ request, what }: RequestStateProps) {
  if (request.state === 'loading') {
    return <p role="status">{what} is loading …</p>;
  }
  return (
    <div role="alert" className="problem">
      <p>
        {what} could not be loaded. {request.error.message}
      </p>
      <button type="button" onClick={request.retry}>
        Try again
      </button>
    </div>
  );
}
