import {
  RiAlarmWarningLine,
  RiBarChart2Line,
  RiBookOpenLine,
  RiChat3Line,
  RiCodeSSlashLine,
  RiExternalLinkLine,
  RiFileList3Line,
  RiFirstAidKitLine,
  RiGlobalLine,
  RiLoopLeftLine,
  RiPhoneLine,
  RiPlugLine,
  RiTaskLine,
  type RemixiconComponentType,
} from '@remixicon/react';

/** What a type of link leads to. */
export interface LinkType {
  type: string;
  label: string;
  Icon: RemixiconComponentType;
}

/** Links of no type, or of one that the page does not know. */
export const OTHER_TYPE: LinkType = {
  type: 'other',
  label: 'Link',
  Icon: RiExternalLinkLine,
};

/** In the order in which they are listed, see `docs/service-page.md`. */
export const LINK_TYPES: LinkType[] = [
  { type: 'website', label: 'Website', Icon: RiGlobalLine },
  { type: 'code', label: 'Code', Icon: RiCodeSSlashLine },
  { type: 'docs', label: 'Docs', Icon: RiBookOpenLine },
  { type: 'api', label: 'API', Icon: RiPlugLine },
  { type: 'runbook', label: 'Runbook', Icon: RiFirstAidKitLine },
  { type: 'dashboard', label: 'Dashboard', Icon: RiBarChart2Line },
  { type: 'logs', label: 'Logs', Icon: RiFileList3Line },
  { type: 'alerts', label: 'Alerts', Icon: RiAlarmWarningLine },
  { type: 'ci', label: 'Pipeline', Icon: RiLoopLeftLine },
  { type: 'tickets', label: 'Tickets', Icon: RiTaskLine },
  { type: 'chat', label: 'Chat', Icon: RiChat3Line },
  { type: 'on-call', label: 'On call', Icon: RiPhoneLine },
  OTHER_TYPE,
];

/** The known type that a link names; writing it `On_Call` does not matter. */
export function linkTypeOf(type: string | undefined): LinkType {
  const name = type
    ?.trim()
    .toLowerCase()
    .replace(/[\s_]+/g, '-');
  return LINK_TYPES.find(known => known.type === name) ?? OTHER_TYPE;
}

/** What reaches the people behind an entity: it stands with its owner. */
export const REACHING_TYPES = ['chat', 'on-call'];
