import { Link } from '@backstage/ui';
import type { Exemption } from '@waymark/plugin-scorecards-common';
import { describeDay, NamedEntityLink } from '@waymark/ui';
import { useScorecardAddress } from '../../shared/ScorecardLink';
import { endsSoon } from './describeExemption';
import styles from './ExemptionStory.module.css';

const day = (at: string | undefined) => (at ? describeDay(new Date(at)) : '');

function Says(props: {
  what: string;
  by?: string;
  at?: string;
  note?: string;
}) {
  const { what, by, at, note } = props;
  return (
    <div>
      {what}
      {by && (
        <>
          {' by '}
          <NamedEntityLink entityRef={by} />
        </>
      )}
      {at && ` on ${day(at)}`}
      {note ? `: “${note}”` : '.'}
    </div>
  );
}

/** Who asked for an exemption, why, what became of it and until when it holds. */
export function ExemptionStory(props: { exemption: Exemption }) {
  const { exemption } = props;
  const { state, startsAt, expiresAt, decidedBy, revokedBy } = exemption;
  const isDecided = decidedBy !== undefined;
  const address = useScorecardAddress(exemption.scorecardRef);
  return (
    <div className={styles.story}>
      <Says
        what="Requested"
        by={exemption.requestedBy}
        at={exemption.requestedAt}
        note={exemption.reason}
      />
      {state === 'requested' && (
        <div>
          It would hold {startsAt && `from ${day(startsAt)} `}until{' '}
          {day(expiresAt)}. Nobody has decided yet; until then the rule counts.
        </div>
      )}
      {isDecided && (
        <Says
          what={state === 'denied' ? 'Denied' : 'Approved'}
          by={decidedBy}
          at={exemption.decidedAt}
          note={exemption.decisionNote}
        />
      )}
      {state === 'approved' && (
        <div>
          It holds {startsAt && `from ${day(startsAt)} `}until {day(expiresAt)}.
          {endsSoon(exemption, new Date()) && (
            <strong> That is soon: then the rule counts again.</strong>
          )}
        </div>
      )}
      {state === 'revoked' && (
        <Says
          what={isDecided ? 'Revoked' : 'Taken back'}
          by={revokedBy}
          at={exemption.revokedAt}
          note={exemption.revocationNote}
        />
      )}
      {state === 'expired' && (
        <div>
          {isDecided
            ? `It ended on ${day(expiresAt)}.`
            : `It was requested until ${day(expiresAt)}, and nobody decided.`}
        </div>
      )}
      <div>
        <Link href={address('exemptions', { rule: exemption.ruleId })}>
          All exemptions from this rule
        </Link>
      </div>
    </div>
  );
}
