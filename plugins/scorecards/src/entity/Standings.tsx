import { Alert } from '@backstage/ui';
import type {
  EntityScorecards,
  Exemption,
} from '@waymark/plugin-scorecards-common';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useAddress } from '@waymark/ui';
import { scorecardParam } from '../shared/tabQuery';
import {
  ruleElementId,
  scorecardElementId,
  ScorecardSection,
} from './ScorecardSection';
import styles from './Standings.module.css';

type OpenRules = ReadonlyMap<string, ReadonlySet<string>>;

const NONE: ReadonlySet<string> = new Set();
const NO_EXEMPTIONS: ReadonlyMap<string, Exemption> = new Map();

function setOpen(
  before: OpenRules,
  rule: { scorecardRef: string; ruleId: string; isOpen: boolean },
): OpenRules {
  const rules = new Set(before.get(rule.scorecardRef));
  if (rule.isOpen) {
    rules.add(rule.ruleId);
  } else {
    rules.delete(rule.ruleId);
  }
  return new Map(before).set(rule.scorecardRef, rules);
}

/** The last one of each rule, by scorecard; they come with the newest first. */
function byRule(
  exemptions: Exemption[],
): Map<string, ReadonlyMap<string, Exemption>> {
  const found = new Map<string, Map<string, Exemption>>();
  for (const exemption of exemptions) {
    const ofScorecard =
      found.get(exemption.scorecardRef) ?? new Map<string, Exemption>();
    if (!ofScorecard.has(exemption.ruleId)) {
      ofScorecard.set(exemption.ruleId, exemption);
    }
    found.set(exemption.scorecardRef, ofScorecard);
  }
  return found;
}

/**
 * All scorecards of an entity. The rule that was opened last stands in the address;
 * who comes with such an address finds it open, and the focus on it.
 */
export function Standings(props: {
  standings: EntityScorecards;
  /** Of the entity, the newest first. */
  exemptions?: Exemption[];
  isPast: boolean;
  onRequested: () => void;
}) {
  const { standings, exemptions, isPast, onRequested } = props;
  const { entityRef, scorecards } = standings;
  const [query, change] = useAddress();
  const [openRules, setOpenRules] = useState<OpenRules>(new Map());
  const [asked, setAsked] = useState<Exemption>();

  const wantedScorecard = query.get('scorecard') ?? undefined;
  const ruleId = query.get('rule') ?? undefined;
  const scorecard = scorecards.find(
    ({ scorecardRef }) => scorecardParam(scorecardRef) === wantedScorecard,
  );
  const scorecardRef = scorecard?.scorecardRef;
  const isThere = ruleId
    ? scorecard?.rules.some(rule => rule.ruleId === ruleId)
    : scorecard !== undefined;

  // What the reader opened here needs not be shown to them
  const shown = useRef<string>();
  const wanted =
    scorecardRef && isThere ? `${scorecardRef} ${ruleId ?? ''}` : '';
  useEffect(() => {
    if (!scorecardRef || !wanted || shown.current === wanted) {
      return;
    }
    shown.current = wanted;
    if (ruleId) {
      setOpenRules(before =>
        setOpen(before, { scorecardRef, ruleId, isOpen: true }),
      );
    }
    const element = document.getElementById(
      ruleId
        ? ruleElementId(scorecardRef, ruleId)
        : scorecardElementId(scorecardRef),
    );
    element?.scrollIntoView({ block: 'start' });
    element?.focus({ preventScroll: true });
  }, [scorecardRef, ruleId, wanted]);

  const toggle = useCallback(
    (ofScorecard: string, ofRule: string, isOpen: boolean) => {
      setOpenRules(before =>
        setOpen(before, {
          scorecardRef: ofScorecard,
          ruleId: ofRule,
          isOpen,
        }),
      );
      shown.current = isOpen ? `${ofScorecard} ${ofRule}` : undefined;
      change({
        scorecard: isOpen ? scorecardParam(ofScorecard) : undefined,
        rule: isOpen ? ofRule : undefined,
      });
    },
    [change],
  );

  const noteRequest = useCallback(
    (exemption: Exemption) => {
      setAsked(exemption);
      onRequested();
    },
    [onRequested],
  );
  // The button that asked is gone; and so would be the focus, once its dialog has
  // given it back
  useEffect(() => {
    if (!asked) {
      return () => {};
    }
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() =>
        document
          .getElementById(ruleElementId(asked.scorecardRef, asked.ruleId))
          ?.focus(),
      );
    });
    return () => cancelAnimationFrame(frame);
  }, [asked]);

  const exemptionsByRule = useMemo(
    () =>
      byRule([
        ...(asked && !exemptions?.some(({ id }) => id === asked.id)
          ? [asked]
          : []),
        ...(exemptions ?? []),
      ]),
    [exemptions, asked],
  );

  return (
    <>
      <div role="status" className={styles.status}>
        {asked &&
          'The exemption is requested. You are told when somebody has decided.'}
      </div>
      {wantedScorecard && !isThere && (
        <Alert
          status="info"
          icon
          title={
            ruleId ? 'That rule is not here' : 'That scorecard is not here'
          }
          description="It was removed or renamed, or it is not about this any more."
        />
      )}
      {scorecards.map(each => (
        <ScorecardSection
          key={each.scorecardRef}
          entityRef={entityRef}
          scorecard={each}
          exemptions={exemptionsByRule.get(each.scorecardRef) ?? NO_EXEMPTIONS}
          openRules={openRules.get(each.scorecardRef) ?? NONE}
          isPast={isPast}
          onToggle={toggle}
          onRequested={noteRequest}
        />
      ))}
    </>
  );
}
