import { useId, useState } from 'react';
import type { Step } from './loadSteps.ts';

/** Steps, and a field to find one of them. */
export function StepList({ steps }: { readonly steps: readonly Step[] }) {
  const [words, setWords] = useState('');
  const field = useId();
  if (steps.length === 0) {
    return <p>There is nothing to do. Add a first step to web/public/first-steps.json.</p>;
  }

  const wanted = words.trim().toLowerCase();
  const found = steps.filter(step => `${step.title} ${step.details}`.toLowerCase().includes(wanted));
  return (
    <>
      <form role="search" onSubmit={event => event.preventDefault()}>
        <label htmlFor={field}>Find a step</label>
        <input id={field} type="search" autoComplete="off" value={words} onChange={event => setWords(event.target.value)} />
      </form>
      <p role="status">
        {found.length === 0 ? `No step has “${words.trim()}” in it.` : `${found.length} of ${steps.length} steps`}
      </p>
      {found.length === 0 ? (
        <button type="button" onClick={() => setWords('')}>
          Show all steps
        </button>
      ) : (
        <ol className="steps">
          {found.map(step => (
            <li key={step.id}>
              <h2>{step.title}</h2>
              <p>{step.details}</p>
            </li>
          ))}
        </ol>
      )}
    </>
  );
}
