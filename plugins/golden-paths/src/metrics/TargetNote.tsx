import { RiCheckboxCircleLine, RiFlagLine } from '@remixicon/react';
import type {
  MetricDefinition,
  MetricReport,
} from '@waymark/plugin-golden-paths-common';
import { describeTarget } from './describeTarget';
import { Note } from './Note';

/** What one wants to reach, and whether one does. */
export function TargetNote(props: {
  definition: MetricDefinition;
  report: MetricReport;
}) {
  const { definition, report } = props;
  const { target, met } = report;
  if (!target) {
    return <Note>No target</Note>;
  }
  const words = describeTarget(target, definition);
  if (met === undefined) {
    return <Note Icon={RiFlagLine}>Target: {words}</Note>;
  }
  return met ? (
    <Note Icon={RiCheckboxCircleLine} tone="good">
      Target met: {words}
    </Note>
  ) : (
    <Note Icon={RiFlagLine} tone="bad">
      Target not met: {words}
    </Note>
  );
}
