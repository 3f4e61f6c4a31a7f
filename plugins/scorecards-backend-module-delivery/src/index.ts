/**
 * Facts for scorecards: how services are delivered.
 *
 * @packageDocumentation
 */

export { scorecardsModuleDelivery as default } from './module';
