import {
  RiBox3Line,
  RiCompass3Line,
  RiDatabase2Line,
  RiFileAddLine,
  RiFileLine,
  RiGroupLine,
  RiMapPinLine,
  RiPlugLine,
  RiStackLine,
  RiUserLine,
  type RemixiconComponentType,
} from '@remixicon/react';

const ICONS: Record<string, RemixiconComponentType> = {
  domain: RiCompass3Line,
  system: RiStackLine,
  component: RiBox3Line,
  api: RiPlugLine,
  resource: RiDatabase2Line,
  template: RiFileAddLine,
  group: RiGroupLine,
  user: RiUserLine,
  location: RiMapPinLine,
};

/**
 * The picture of a kind of entity; a sheet of paper for kinds that plugins bring.
 *
 * @public
 */
export function kindIcon(kind: string): RemixiconComponentType {
  return ICONS[kind.toLowerCase()] ?? RiFileLine;
}
