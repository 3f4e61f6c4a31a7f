/**
 * What the tests of several backend plugins share.
 *
 * @packageDocumentation
 */

export { closingDatabaseServiceFactory } from './closingDatabaseServiceFactory';
export { eventually } from './eventually';
export { git } from './git';
export { headerSignIn, signInByHeader } from './headerSignIn';
export { collectAll, startCollectors } from './startCollectors';
export { OpenApiDocument } from './OpenApiDocument';
export { startGithub, type Github } from './startGithub';
export { testDatabase, type TestDatabase } from './testDatabase';
export { withCredentials } from './withCredentials';
export { writeTree } from './writeTree';
