import type { AskAbout } from '@waymark/ui';
import { lazy, Suspense } from 'react';

const Loaded = lazy(() =>
  import('./AskButton').then(m => ({ default: m.AskButton })),
);

/** The button, which is not part of what every page loads. */
export function AskButton(props: { about: AskAbout }) {
  return (
    <Suspense fallback={null}>
      <Loaded {...props} />
    </Suspense>
  );
}
