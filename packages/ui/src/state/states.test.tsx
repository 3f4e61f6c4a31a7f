import { ResponseError } from '@backstage/errors';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { EmptyState } from './EmptyState';
import { LoadingLines } from './LoadingLines';
import { ProblemNotice } from './ProblemNotice';
import { useLoaded } from './useLoaded';

function Owners(props: { load: () => Promise<string[]> }) {
  const [load] = useState(() => props.load);
  const { value, error, retry } = useLoaded(load);
  if (error) {
    return (
      <ProblemNotice
        title="The owners could not be read"
        error={error}
        onRetry={retry}
      />
    );
  }
  if (!value) {
    return <LoadingLines label="Loading the owners" />;
  }
  return value.length > 0 ? (
    <p>{value.join()}</p>
  ) : (
    <EmptyState title="Nobody owns this yet" action={<a href="/edit">Edit</a>}>
      Name an owner in its catalog file.
    </EmptyState>
  );
}

describe('the states of something that is loaded', () => {
  const refuse = (status: number, name: string, message: string) =>
    ResponseError.fromResponse(
      new Response(
        JSON.stringify({
          error: { name, message },
          response: { statusCode: status },
        }),
        { status, headers: { 'content-type': 'application/json' } },
      ),
    );

  it('does not offer to try again what the reader may not do', async () => {
    const refusal = await refuse(403, 'NotAllowedError', 'Only for owners');
    render(<Owners load={() => Promise.reject(refusal)} />);
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Only for owners',
    );
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('says what did not work, in the words of the backend, and tries again', async () => {
    const refusal = await refuse(
      503,
      'ServiceUnavailableError',
      'The catalog does not answer',
    );
    const answers: Array<() => Promise<string[]>> = [
      () => Promise.reject(refusal),
      async () => [],
    ];
    render(<Owners load={() => answers.shift()!()} />);
    expect(
      screen.getByRole('status', { name: 'Loading the owners' }),
    ).toBeInTheDocument();

    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The catalog does not answer',
    );
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));

    expect(
      await screen.findByRole('heading', { name: 'Nobody owns this yet' }),
    ).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'Edit' })).toBeInTheDocument();
    expect(screen.queryByRole('alert')).toBeNull();
  });
});
