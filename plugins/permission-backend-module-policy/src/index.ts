/**
 * A permission policy made of roles, for the permission backend.
 *
 * @packageDocumentation
 */

export { permissionModulePolicy as default } from './module';
