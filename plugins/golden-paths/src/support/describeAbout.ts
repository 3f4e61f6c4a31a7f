import type { AskAbout } from '@waymark/ui';

/** What goes along with a question, or went along with it. */
export function describeAbout(
  about: Pick<
    AskAbout,
    'entityRef' | 'templateRef' | 'step' | 'taskId' | 'scorecardRef'
  >,
): string {
  const { entityRef, templateRef, step, taskId, scorecardRef } = about;
  const name = (ref: string) => ref.slice(ref.indexOf('/') + 1);
  return [
    entityRef && name(entityRef),
    templateRef && `golden path ${name(templateRef)}`,
    scorecardRef && `scorecard ${name(scorecardRef)}`,
    step && `${scorecardRef ? 'rule' : 'step'} ${step}`,
    taskId && 'the run',
  ]
    .filter(Boolean)
    .join(', ');
}
