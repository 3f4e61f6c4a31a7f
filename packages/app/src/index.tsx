// Types of imported files, nothing at run time
// eslint-disable-next-line @backstage/no-undeclared-imports
import '@backstage/cli/asset-types';
import ReactDOM from 'react-dom/client';
import App from './App';
import '@backstage/ui/css/styles.css';
import './modules/theme/tokens.css';
import './modules/theme/mends.css';

ReactDOM.createRoot(document.getElementById('root')!).render(App.createRoot());
