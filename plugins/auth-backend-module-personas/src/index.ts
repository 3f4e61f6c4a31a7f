/**
 * Auth module that lets one sign in as one of the sample people of a portal in
 * development.
 *
 * @packageDocumentation
 */

export { authModulePersonas as default } from './module';
