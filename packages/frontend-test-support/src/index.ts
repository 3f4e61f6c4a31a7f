/**
 * What the tests of several frontend plugins share.
 *
 * @packageDocumentation
 */

export {
  createFakeBackend,
  refuse,
  type Answer,
  type ClientClass,
  type SeenRequest,
} from './createFakeBackend';
export { renderPart, type Part } from './renderPart';
