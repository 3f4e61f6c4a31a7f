import {
  RiAlertFill,
  RiCheckboxCircleFill,
  RiCloseCircleFill,
  RiForbidLine,
  RiQuestionLine,
  RiShieldCheckFill,
  type RemixiconComponentType,
} from '@remixicon/react';
import type { RuleOutcome } from '@waymark/plugin-scorecards-common';

/** How an outcome is called and looks: a sign and a word, the colour only adds. */
export const OUTCOMES: Record<
  RuleOutcome,
  {
    label: string;
    Icon: RemixiconComponentType;
    tone: 'positive' | 'negative' | 'warning' | 'announcement' | 'neutral';
  }
> = {
  pass: { label: 'Pass', Icon: RiCheckboxCircleFill, tone: 'positive' },
  fail: { label: 'Fail', Icon: RiCloseCircleFill, tone: 'negative' },
  exempt: { label: 'Exempt', Icon: RiShieldCheckFill, tone: 'announcement' },
  notApplicable: {
    label: 'Not applicable',
    Icon: RiForbidLine,
    tone: 'neutral',
  },
  noData: { label: 'No data', Icon: RiQuestionLine, tone: 'warning' },
  error: { label: 'Error', Icon: RiAlertFill, tone: 'negative' },
};
