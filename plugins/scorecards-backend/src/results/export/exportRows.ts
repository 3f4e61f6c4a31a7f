import {
  EvidenceInput,
  Exemption,
  RuleOutcome,
} from '@waymark/plugin-scorecards-common';
import { counts } from '../../evaluation/standing';
import { RuleRevisionContent } from '../../scorecards/RuleRevisionContent';
import {
  RuleDefinition,
  ScorecardDefinition,
} from '../../scorecards/ScorecardDefinition';
import { EvidenceSource, resolveEvidence } from '../evidence/resolveEvidence';
import { toStanding } from '../toStanding';

type Cell = string | number | boolean | undefined;

/** One entity of a scorecard with all that an auditor asks for. */
export interface ExportedEntity {
  ref: string;
  title?: string;
  owner?: string;
  system?: string;
  /** In milliseconds. */
  deletedAt?: number;
  standing: {
    level: number;
    throughExemption: boolean;
    score?: number;
    since: number;
  };
  /** By the id of the rule. */
  rules: ReadonlyMap<
    number,
    {
      outcome: RuleOutcome;
      since: number;
      detail?: string;
      exemption?: Exemption;
      revision?: RuleRevisionContent;
      source: EvidenceSource;
    }
  >;
}

type ExportedScorecard = Pick<ScorecardDefinition, 'ref' | 'levels' | 'rules'>;

/** The columns of the file, in their order. */
export const EXPORT_COLUMNS = [
  'entity',
  'title',
  'owner',
  'system',
  'left the catalog',
  'scorecard',
  'as of',
  'level',
  'level through exemption',
  'score',
  'level and score since',
  'rule',
  'rule title',
  'rule level',
  'weight',
  'counts',
  'outcome',
  'outcome since',
  'check',
  'explanation',
  'evidence',
  'exemption reason',
  'exemption requested by',
  'exemption requested at',
  'exemption approved by',
  'exemption approved at',
  'exemption approval note',
  'exemption from',
  'exemption until',
] as const;

/**
 * One line per entity and rule; an entity of which no rule has been evaluated has
 * one without.
 *
 * @internal
 */
export function exportRows(options: {
  scorecard: ExportedScorecard;
  entity: ExportedEntity;
  /** In milliseconds. */
  at: number;
}): Cell[][] {
  const { scorecard, entity, at } = options;
  const standing = toStanding(entity.standing, scorecard);
  const about: Cell[] = [
    entity.ref,
    entity.title,
    entity.owner,
    entity.system,
    entity.deletedAt === undefined ? undefined : time(entity.deletedAt),
    scorecard.ref,
    time(at),
    standing.level ?? 'none',
    standing.throughExemption,
    standing.score,
    standing.since,
  ];
  const lines = scorecard.rules.flatMap(rule => {
    const cells = ruleCells({ scorecard, entity, at, rule });
    return cells ? [[...about, ...cells]] : [];
  });
  if (lines.length > 0) {
    return lines;
  }
  // All lines of a file have as many cells
  const none = new Array<Cell>(EXPORT_COLUMNS.length - about.length).fill(
    undefined,
  );
  return [[...about, ...none]];
}

function ruleCells(options: {
  scorecard: ExportedScorecard;
  entity: ExportedEntity;
  at: number;
  rule: RuleDefinition;
}): Cell[] | undefined {
  const { scorecard, entity, at, rule } = options;
  const result = entity.rules.get(rule.id);
  if (!result) {
    return undefined;
  }
  const { outcome, since, detail, exemption, revision, source } = result;
  const evidence = resolveEvidence({
    rule: revision ?? rule,
    outcome,
    detail,
    source,
    at,
    isPast: true,
    excused: exemption && {
      until: exemption.expiresAt,
      reason: exemption.reason,
    },
  });
  return [
    rule.key,
    rule.title,
    rule.level > 0 ? scorecard.levels[rule.level - 1].id : undefined,
    rule.weight,
    counts(rule, at),
    outcome,
    time(since),
    evidence.expression,
    evidence.message,
    evidence.inputs.map(inputText).join('; '),
    exemption?.reason,
    exemption?.requestedBy,
    exemption?.requestedAt,
    exemption?.decidedBy,
    exemption?.decidedAt,
    exemption?.decisionNote,
    exemption?.startsAt ?? exemption?.decidedAt,
    exemption?.expiresAt,
  ];
}

/** `facts.coverage.percent = 81.5 (since 2026-11-20T08:00:00.000Z, https://ci…)` */
function inputText(input: EvidenceInput): string {
  const { path, value, truncated, observedAt, source } = input;
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  const notes = [
    observedAt && `since ${observedAt}`,
    source,
    truncated && 'shortened',
  ].filter(Boolean);
  return `${path} = ${text}${notes.length > 0 ? ` (${notes.join(', ')})` : ''}`;
}

function time(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
