import {
  RiArrowRightLine,
  RiThumbDownLine,
  RiThumbUpLine,
} from '@remixicon/react';
import type { Comparison } from './compareMetric';
import { Note } from './Note';

const LOOKS = {
  better: { Icon: RiThumbUpLine, tone: 'good' },
  worse: { Icon: RiThumbDownLine, tone: 'bad' },
  same: { Icon: RiArrowRightLine, tone: 'neutral' },
} as const;

/** How a number does against that of another time. */
export function ComparisonNote(props: { comparison: Comparison }) {
  const { verdict, words } = props.comparison;
  return <Note {...LOOKS[verdict]}>{words}</Note>;
}
