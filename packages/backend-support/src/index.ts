/**
 * What the backends of several plugins share.
 *
 * @packageDocumentation
 */

export { CallerClient } from './actions/CallerClient';

export type { CatalogChange, CatalogListener } from './catalog/CatalogListener';
export type { CatalogProjection } from './catalog/CatalogProjection';
export { CatalogSync } from './catalog/CatalogSync';
export type { CatalogTables } from './catalog/CatalogTables';
export { scheduleCatalogSync } from './catalog/scheduleCatalogSync';
export { searchKeys } from './catalog/searchKeys';
export { writeSearchKeys } from './catalog/writeSearchKeys';

export { Alarm } from './clock/Alarm';
export { readDuration } from './config/readDuration';

export { deleteRows } from './database/deleteRows';
export { isPostgres } from './database/dialect';
export { GroupedWrites } from './database/GroupedWrites';
export { inSnapshot } from './database/inSnapshot';
export { insertRows } from './database/insertRows';
export { inTransaction } from './database/inTransaction';
export { jsonRows, readJsonRows } from './database/jsonRows';
export { lockForUpdate } from './database/lockForUpdate';
export { migrate } from './database/migrate';
export { rowSource, type ColumnValue } from './database/rowSource';
export { selectRows } from './database/selectRows';
export { skipLocked } from './database/skipLocked';
export { toMillis } from './database/toMillis';
export { updateRows } from './database/updateRows';
export { whereAny } from './database/whereAny';

export { assertMediaType } from './http/assertMediaType';
export { countFitting } from './http/countFitting';
export {
  createOpenApiRouter,
  readOpenApiDocument,
} from './http/createOpenApiRouter';
export { csvLine } from './http/csvLine';
export { decodeCursor, encodeCursor } from './http/cursor';
export { describeIssue, plainWords } from './http/describeIssue';
export { parse } from './http/parse';
export { PayloadTooLargeError } from './http/PayloadTooLargeError';
export { readBody } from './http/readBody';
export { readJson } from './http/readJson';
export * from './http/schemas';
export { isBrokenOff, sendCsv } from './http/sendCsv';
export { UnsupportedMediaTypeError } from './http/UnsupportedMediaTypeError';

export { canonicalJson } from './json/canonicalJson';

export { EntityAccess, type ReadableEntity } from './permissions/EntityAccess';
export {
  createEntityFilter,
  type EntityFilter,
} from './permissions/EntityFilter';
export { EntityPermission } from './permissions/EntityPermission';
export { ExpiringCache } from './permissions/ExpiringCache';
export { getMany } from './permissions/getMany';
export { GroupTree } from './permissions/GroupTree';
export { listReadable, type NarrowEntities } from './permissions/listReadable';
export { readableEntities } from './permissions/readableEntities';

export { findSource, type Source } from './repositories/findSource';

export { entitiesOfKind } from './selection/entitiesOfKind';
export {
  NONE,
  placesShape,
  selectionShape,
  type EntitySelection,
} from './selection/EntitySelection';
export { narrowToSelection } from './selection/narrowToSelection';
export { readDomains } from './selection/readDomains';
export { readTitles } from './selection/readTitles';
