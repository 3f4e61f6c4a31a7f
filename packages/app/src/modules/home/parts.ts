/** All widgets that the home page shows at first sight: one file to load, not seven. */
export { CreateService } from './widgets/create/CreateService';
export { GuidedStart } from './widgets/guidedStart/GuidedStart';
export { OwnedByMyGroups } from './widgets/owned/OwnedByMyGroups';
export { RecentlyVisited } from './widgets/recent/RecentlyVisited';
export { Search } from './widgets/search/Search';
export { Starred } from './widgets/starred/Starred';
