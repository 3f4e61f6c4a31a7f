import type { ScorecardSummary } from '@waymark/plugin-scorecards-common';
import { describeReportDay, isDay } from '@waymark/ui';
import { OUTCOMES } from '../../../shared/outcomes';
import { FILTER_NAMES, type ResultsFilter } from '../useResultsAddress';

/** How the chosen group, system and domain are called. */
export type Titles = { [name in 'owner' | 'system' | 'domain']?: string };

/** Which are chosen, in words: `Level: Gold`. */
export function describeFilter(options: {
  filter: ResultsFilter;
  scorecard: ScorecardSummary;
  titles: Titles;
}): { name: keyof ResultsFilter; text: string }[] {
  const { filter, scorecard, titles } = options;
  const titleOf = (list: { id: string; title: string }[], id: string) =>
    list.find(each => each.id === id)?.title ?? id;
  const belongs = (label: string, title: string | undefined) => (ref: string) =>
    ref === 'none' ? `No ${label.toLowerCase()}` : `${label}: ${title ?? ref}`;

  const words: {
    [name in keyof ResultsFilter]-?: (value: string) => string;
  } = {
    search: value => `Name: ${value}`,
    level: value =>
      value === 'none'
        ? 'No level'
        : `Level: ${titleOf(scorecard.levels, value)}`,
    rule: value => `Rule: ${titleOf(scorecard.rules, value)}`,
    outcome: () =>
      filter.outcome
        ? `${filter.rule ? 'Outcome' : 'Some rule'}: ${
            OUTCOMES[filter.outcome].label
          }`
        : '',
    owner: belongs('Owner', titles.owner),
    system: belongs('System', titles.system),
    domain: belongs('Domain', titles.domain),
    tag: value => `Tag: ${value}`,
    asOf: value => `As of ${isDay(value) ? describeReportDay(value) : value}`,
  };
  return FILTER_NAMES.flatMap(name => {
    const value = filter[name];
    return value === undefined ? [] : [{ name, text: words[name](value) }];
  });
}
