import type { FirstStep } from '@waymark/plugin-golden-paths-common';

/** The steps from the form to production, in their order, and what each is called. */
export const STEPS: { id: FirstStep; title: string; waits: string }[] = [
  {
    id: 'requested',
    title: 'Requested',
    waits: 'Nobody asked for it',
  },
  {
    id: 'repository',
    title: 'Repository',
    waits: 'The repository is not there yet',
  },
  {
    id: 'pipeline',
    title: 'Pipeline',
    waits: 'No run of the pipeline has succeeded yet',
  },
  {
    id: 'artifact',
    title: 'Artifact',
    waits: 'Nothing was published yet',
  },
  {
    id: 'staging',
    title: 'Staging',
    waits: 'Nobody has seen it running on staging yet',
  },
  {
    id: 'catalog',
    title: 'Catalog',
    waits: 'It is not in the catalog yet',
  },
  {
    id: 'production',
    title: 'Production',
    waits: 'Nobody has seen it running in production yet',
  },
];

export const titleOf = (step: FirstStep): string =>
  STEPS.find(({ id }) => id === step)?.title ?? step;
