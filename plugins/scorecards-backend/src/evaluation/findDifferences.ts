import { Evaluation } from './Evaluation';
import { packedOutcomes } from './storedOutcomes';
import { isStored, StoredStanding } from './storedStandings';

/**
 * The subjects of which something is stored otherwise than it was evaluated.
 *
 * @returns indexes
 * @internal
 */
export function findDifferences(
  evaluation: Evaluation,
  stored: {
    outcomes: ReadonlyMap<number, string>;
    standings: ReadonlyMap<number, ReadonlyMap<number, StoredStanding>>;
  },
): number[] {
  const { subjects, plan } = evaluation;
  const none: ReadonlyMap<number, StoredStanding> = new Map();
  return subjects.flatMap(({ id }, subject) => {
    if (stored.outcomes.get(id) !== packedOutcomes(evaluation, subject)) {
      return [subject];
    }
    const standings = stored.standings.get(id) ?? none;
    let present = 0;
    const isSame = plan.scorecards.every(({ definition }, scorecard) => {
      const standing = standings.get(definition.id);
      present += standing ? 1 : 0;
      return isStored(
        standing,
        evaluation.standing(subject, scorecard),
        definition,
      );
    });
    // One of a scorecard that is not in force any more has to go
    return isSame && present === standings.size ? [] : [subject];
  });
}
