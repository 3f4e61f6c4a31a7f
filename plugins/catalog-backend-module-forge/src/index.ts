export { catalogModuleForge as default } from './module';
