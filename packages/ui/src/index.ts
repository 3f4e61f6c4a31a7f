/**
 * What the pages of several plugins share.
 *
 * @packageDocumentation
 */
export { useAddress } from './address/useAddress';
export { ChartBoundary } from './charts/ChartBoundary';
export { ChartCanvas } from './charts/ChartCanvas';
export { describeMark, marksBetween } from './charts/marks';
export { CodeBlock } from './code/CodeBlock';
export { readContact } from './contact/readContact';
export { describeDuration } from './duration/describeDuration';
export { ExportButton } from './download/ExportButton';
export { saveFile } from './download/saveFile';
export { EntityFilter } from './entity/EntityFilter';
export { EntityLink } from './entity/EntityLink';
export { kindIcon } from './entity/kindIcon';
export { NamedEntityLink } from './entity/NamedEntityLink';
export { nameOf, readProfile, readSpec } from './entity/readEntity';
export { useEntityTitle } from './entity/useEntityTitle';
export { Choice } from './form/Choice';
export { FieldMessage } from './form/FieldMessage';
export { FilterFields } from './form/FilterFields';
export { PeriodChoice, usePeriod } from './form/PeriodChoice';
export {
  DAY,
  dayBefore,
  describeAsOf,
  describeReportDay,
  isDay,
  startOf,
} from './moment/days';
export { Elapsed } from './moment/Elapsed';
export { Moment } from './moment/Moment';
export { LogText } from './log/LogText';
export { formatNumber, formatPercent } from './number/formatNumber';
export {
  describeDay,
  describeExactly,
  describeMoment,
} from './moment/describeMoment';
export { safeUrl } from './links/safeUrl';
export { useEntityRights } from './permission/useEntityRights';
export { PrintedPage, PrintedParts, ScreenOnly } from './print/PrintedPage';
export { Section } from './section/Section';
export { WholeTitle } from './section/WholeTitle';
export { EmptyState } from './state/EmptyState';
export { LoadingLines } from './state/LoadingLines';
export { ProblemNotice } from './state/ProblemNotice';
export { ReportSection, type Report } from './state/ReportSection';
export { describeError } from './state/describeError';
export { useLoaded } from './state/useLoaded';
export { useMore } from './state/useMore';
export type { ListPart, MoreState } from './state/useMore';
export { AskPlatformTeam } from './support/AskPlatformTeam';
export {
  supportApiRef,
  type AskAbout,
  type SupportApi,
} from './support/supportApi';
export {
  describePosition,
  Pages,
  type ListPage,
  type PagePosition,
} from './table/Pages';
export { RowsTable } from './table/RowsTable';
export type { RowsColumn } from './table/RowsTable';
export { ScrollTable } from './table/ScrollTable';
export { Markdown } from './text/Markdown';
