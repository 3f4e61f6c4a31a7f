import { parseEntityRef } from '@backstage/catalog-model';
import type { Visit } from '@backstage/plugin-home';
import type { ScaffolderTask } from '@backstage/plugin-scaffolder-react';
import { readPlaces } from '../recent/describeVisits';

/** What the reader has done in the portal so far. */
export interface Traces {
  visits: Visit[];
  /** The reader's own runs. */
  tasks: ScaffolderTask[];
  /** Whether the reader has arranged the home page. */
  hasArranged: boolean;
}

/** A first thing to do in the portal. */
export interface Step {
  id: 'find' | 'read' | 'create' | 'see' | 'arrange';
  title: string;
  text: string;
  href: string;
  /** Only for those who may create something. */
  needsCreate?: boolean;
  isDone: (traces: Traces) => boolean;
}

const isService = (entityRef: string) =>
  parseEntityRef(entityRef).kind === 'component';

const findCreated = ({ tasks }: Traces) =>
  tasks.filter(({ status }) => status === 'completed');

/** Whether the page of something was opened that an answer of a run names. */
function hasSeenCreated(traces: Traces): boolean {
  const places = readPlaces(traces.visits).filter(
    ({ what }) => what === 'page',
  );
  return findCreated(traces).some(({ spec, createdAt }) => {
    const answers = Object.values(spec.parameters ?? {});
    return places.some(
      ({ entityRef, at }) =>
        at >= Date.parse(createdAt) &&
        answers.includes(parseEntityRef(entityRef).name),
    );
  });
}

/** The way through the portal, in the order in which it makes sense. */
export const STEPS: Step[] = [
  {
    id: 'find',
    title: 'Find a service',
    text: 'Open one in the catalog: who owns it, where its code is, how good it is.',
    href: '/catalog',
    isDone: ({ visits }) =>
      readPlaces(visits).some(
        ({ what, entityRef }) => what === 'page' && isService(entityRef),
      ),
  },
  {
    id: 'read',
    title: 'Read its docs',
    text: 'They live beside the code, and here is where they are read.',
    href: '/docs',
    isDone: ({ visits }) =>
      readPlaces(visits).some(({ what }) => what === 'docs'),
  },
  {
    id: 'create',
    title: 'Create a service',
    text: 'Answer a few questions; get a repository that builds and tests itself.',
    href: '/create',
    needsCreate: true,
    isDone: traces => findCreated(traces).length > 0,
  },
  {
    id: 'see',
    title: 'See it in the catalog',
    text: 'Your own service has its page by the time the run ends.',
    href: '/catalog?filters[kind]=component&filters[user]=owned',
    needsCreate: true,
    isDone: hasSeenCreated,
  },
  {
    id: 'arrange',
    title: 'Arrange this page',
    text: 'Keep what you use on top, and hide the rest.',
    href: '/?arrange',
    isDone: ({ hasArranged }) => hasArranged,
  },
];
