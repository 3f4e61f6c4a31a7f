export { ciCredentialsPlugin as default } from './plugin';
