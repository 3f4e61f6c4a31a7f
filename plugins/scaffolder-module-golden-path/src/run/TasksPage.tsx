import { Route, Routes, useParams } from 'react-router-dom';
import { RunList } from '../list/RunList';
import { RunPage, type CustomOutcome } from './RunPage';

function RunAtAddress(props: { customOutcomes?: CustomOutcome[] }) {
  const { taskId = '' } = useParams();
  return <RunPage key={taskId} taskId={taskId} {...props} />;
}

/**
 * The runs, and each of them.
 *
 * @internal
 */
export function TasksPage(props: { customOutcomes?: CustomOutcome[] }) {
  return (
    <Routes>
      <Route index element={<RunList />} />
      <Route path=":taskId" element={<RunAtAddress {...props} />} />
    </Routes>
  );
}
