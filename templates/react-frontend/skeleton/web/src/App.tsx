import { Route, Routes } from 'react-router';
import { loadPageConfig } from './api/pageConfig.ts';
import { useRequest } from './api/useRequest.ts';
import { Frame } from './page/Frame.tsx';
import { NotFoundPage } from './page/NotFoundPage.tsx';
import { RequestState } from './page/RequestState.tsx';
import { SettingsPage } from './page/SettingsPage.tsx';
import { StepsPage } from './steps/StepsPage.tsx';

/** The page: asks for its settings first, then shows what the address says. */
export function App() {
  const config = useRequest(loadPageConfig);
  if (config.state !== 'done') {
    return (
      <main>
        <RequestState request={config} what="The page" />
      </main>
    );
  }
  return (
    <Frame config={config.value}>
      <Routes>
        <Route path="/" element={<StepsPage config={config.value} />} />
        <Route path="/settings" element={<SettingsPage config={config.value} />} />
        <Route path="*" element={<NotFoundPage />} />
      </Routes>
    </Frame>
  );
}
