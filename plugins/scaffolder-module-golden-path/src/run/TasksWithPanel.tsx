import { Fragment, useState, type ReactNode } from 'react';
import { Route, Routes, useParams } from 'react-router-dom';
import { StoppedRunPanel } from './StoppedRunPanel';

function PanelOfRun(props: { onRetried: () => void }) {
  const { taskId = '' } = useParams();
  return <StoppedRunPanel key={taskId} taskId={taskId} {...props} />;
}

/**
 * The scaffolder's tasks page, with the panel above a run that stopped.
 *
 * The panel has routes of its own: inside a route of ours, those of the page
 * would be taken as relative to it.
 *
 * @internal
 */
export function TasksWithPanel(props: { children: ReactNode }) {
  const [retries, setRetries] = useState(0);
  return (
    <>
      <Routes>
        <Route
          path=":taskId"
          element={
            <PanelOfRun onRetried={() => setRetries(count => count + 1)} />
          }
        />
        <Route path="*" element={null} />
      </Routes>
      {/* A new key makes the page follow the run's log from the start again */}
      <Fragment key={retries}>{props.children}</Fragment>
    </>
  );
}
