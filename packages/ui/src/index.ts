/**
 * What the pages of several plugins share.
 *
 * @packageDocumentation
 */
export { CodeBlock } from './code/CodeBlock';
export { readContact } from './contact/readContact';
export { describeDuration } from './duration/describeDuration';
export { kindIcon } from './entity/kindIcon';
export { nameOf, readProfile, readSpec } from './entity/readEntity';
export { FieldMessage } from './form/FieldMessage';
export { Moment } from './moment/Moment';
export { formatNumber, formatPercent } from './number/formatNumber';
export {
  describeDay,
  describeExactly,
  describeMoment,
} from './moment/describeMoment';
export { safeUrl } from './links/safeUrl';
export { useEntityRights } from './permission/useEntityRights';
export { Section } from './section/Section';
export { EmptyState } from './state/EmptyState';
export { LoadingLines } from './state/LoadingLines';
export { ProblemNotice } from './state/ProblemNotice';
export { describeError } from './state/describeError';
export { useLoaded } from './state/useLoaded';
export { useMore } from './state/useMore';
export type { MoreState } from './state/useMore';
export { RowsTable } from './table/RowsTable';
export type { RowsColumn } from './table/RowsTable';
