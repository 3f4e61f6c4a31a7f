// One file, so that all cards of a page arrive together
export { AboutCard } from './about/AboutCard';
export { ApisCard } from './apis/ApisCard';
export { ContactCard } from './people/ContactCard';
export { ContentsCard } from './contents/ContentsCard';
export { DependenciesCard } from './dependencies/DependenciesCard';
export { EntityHeader } from './header/EntityHeader';
export { GroupTreeCard } from './groups/GroupTreeCard';
export { LinksCard } from './links/LinksCard';
export { MembersCard } from './people/MembersCard';
export { OverviewLayout } from './layout/OverviewLayout';
export { OwnedCard } from './owned/OwnedCard';
export { OwnerCard } from './owner/OwnerCard';
export { RunLocallyCard } from './source/RunLocallyCard';
export { TeamsCard } from './people/TeamsCard';
