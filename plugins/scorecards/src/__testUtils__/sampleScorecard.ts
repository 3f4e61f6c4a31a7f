import type { ScorecardSummary } from '@waymark/plugin-scorecards-common';

/** A scorecard with two levels and three rules, as the backend tells of it. */
export function sampleScorecard(
  more: Partial<ScorecardSummary> = {},
): ScorecardSummary {
  return {
    scorecardRef: 'scorecard:default/readiness',
    title: 'Readiness',
    description: 'What a service needs',
    owner: 'group:default/platform',
    lifecycle: 'live',
    appliesTo: { kind: 'Component', 'spec.type': 'service' },
    levels: [
      { id: 'bronze', title: 'Bronze' },
      { id: 'silver', title: 'Silver' },
    ],
    rules: [
      {
        id: 'on-call',
        title: 'Somebody is on call',
        level: 'silver',
        weight: 2,
        check: "facts.onCall.rotation != '' && facts.onCall.people >= 2",
        appliesTo: { 'spec.lifecycle': 'production' },
        maxAge: { days: 2 },
        why: 'Trains run at **night**, too.',
        fix: {
          text: 'Ask for a rotation.',
          link: 'https://on-call.example/start',
          template: 'template:default/add-on-call',
        },
      },
      {
        id: 'readme',
        title: 'Has a README',
        level: 'bronze',
        weight: 1,
        check: 'facts.repository.readme.headings.exists(h, h == "facts.no")',
        effectiveFrom: '2126-12-01T00:00:00.000Z',
      },
      {
        id: 'tidy',
        title: 'Is tidy',
        weight: 0.5,
        check: 'entity.metadata.name.size() < 40',
      },
    ],
    entities: [
      { entities: 2 },
      { level: 'bronze', entities: 5 },
      { level: 'silver', entities: 3 },
    ],
    meanScore: 71.4,
    ...more,
  };
}

/** Outcomes of a rule, none where not said otherwise. */
export const outcomes = (
  some: Partial<
    Record<'pass' | 'fail' | 'exempt' | 'noData' | 'error', number>
  >,
) => ({
  pass: 0,
  fail: 0,
  exempt: 0,
  notApplicable: 0,
  noData: 0,
  error: 0,
  ...some,
});
