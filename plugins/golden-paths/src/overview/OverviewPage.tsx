import { Route, Routes } from 'react-router-dom';
import { MetricPage } from '../metric/MetricPage';
import { SummaryPage } from './SummaryPage';

/** All metrics, and below it each of them with what is behind it. */
export function OverviewPage() {
  return (
    <Routes>
      <Route index element={<SummaryPage />} />
      <Route path=":metric" element={<MetricPage />} />
    </Routes>
  );
}
