import { coreComponentsTranslationRef } from '@backstage/core-components/alpha';
import { createTranslationMessages } from '@backstage/frontend-plugin-api';
import { catalogGraphTranslationRef } from '@backstage/plugin-catalog-graph/alpha';
import { catalogReactTranslationRef } from '@backstage/plugin-catalog-react/alpha';
import { catalogTranslationRef } from '@backstage/plugin-catalog/alpha';
import { notificationsTranslationRef } from '@backstage/plugin-notifications/alpha';
import { orgTranslationRef } from '@backstage/plugin-org/alpha';
import { techdocsTranslationRef } from '@backstage/plugin-techdocs/alpha';
import { userSettingsTranslationRef } from '@backstage/plugin-user-settings/alpha';

/**
 * Words of the stock pages that speak of Backstage, of how it is programmed, or of
 * nothing in particular, in words for the people who use the portal.
 */
export const MESSAGES = {
  core: createTranslationMessages({
    ref: coreComponentsTranslationRef,
    messages: {
      'errorPage.title': 'This page cannot be shown',
      'oauthRequestDialog.title': 'Sign-in needed',
      'table.body.emptyDataSourceMessage': 'Nothing here',
      'emptyState.missingAnnotation.title': 'Not set up yet',
      'emptyState.missingAnnotation.actionTitle':
        'Add this to the catalog-info.yaml of the component:',
    },
  }),
  catalog: createTranslationMessages({
    ref: catalogTranslationRef,
    messages: {
      'catalogTable.warningPanelTitle': 'The catalog could not be read.',
      'catalogTable.starActionTitle': 'Star',
      'catalogTable.unStarActionTitle': 'Remove the star',
      'catalogTable.viewActionTitle': 'View its source',
      'catalogTable.editActionTitle': 'Edit its catalog file',
      'entityLabels.warningPanelTitle': 'This is not in the catalog',
      'entityPage.notFoundMessage':
        'There is no {{kind}} at this address. It may have been removed or renamed, or you may not see it. Search for it by name.',
      'entityNotFound.title': 'This is not in the catalog',
      'entityNotFound.description':
        'It may have been removed or renamed, or you may not see it. Search for it by name.',
      'entityNotFound.docButtonTitle': 'How the catalog works',
      'aboutCard.refreshButtonTitle': 'Read its source again',
      'aboutCard.editButtonTitle': 'Edit its catalog file',
      'aboutCard.viewTechdocs': 'Read the docs',
      'aboutCard.viewSource': 'View source',
      'aboutCard.launchTemplate': 'Use this template',
      'aboutCard.descriptionField.value': 'No description yet',
      'aboutCard.ownerField.value': 'Nobody yet',
      'deleteEntity.dialogTitle': 'Delete this from the catalog?',
      'entityContextMenu.inspectMenuTitle': 'Inspect',
      'entityContextMenu.copyURLMenuTitle': 'Copy link',
      'entityContextMenu.unregisterMenuTitle': 'Remove from the catalog',
    },
  }),
  catalogReact: createTranslationMessages({
    ref: catalogReactTranslationRef,
    messages: {
      'entityTypePicker.optionAllTitle': 'All',
      'favoriteEntity.addToFavorites': 'Star',
      'favoriteEntity.removeFromFavorites': 'Remove the star',
      'unregisterEntityDialog.title': 'Remove this from the catalog?',
      'inspectEntityDialog.title': 'What the catalog knows',
      'userListPicker.personalFilter.title': 'Mine',
    },
  }),
  techdocs: createTranslationMessages({
    ref: techdocsTranslationRef,
    messages: {
      'table.emptyState.title': 'No documentation here yet',
      'table.emptyState.description':
        'A component has documentation once its repository holds a README or a docs folder and its catalog-info.yaml says so. Change the filters to see more.',
      'table.emptyState.docsButton': 'How documentation is written',
      'table.toolbar.searchPlaceholder': 'Find in this list',
      'table.actions.copyDocsUrl': 'Copy the link',
      'table.actions.addToFavorites': 'Star',
      'table.actions.removeFromFavorites': 'Remove the star',
      'entityContent.title': 'Docs',
      'aboutCard.viewTechdocs': 'Read the docs',
    },
  }),
  userSettings: createTranslationMessages({
    ref: userSettingsTranslationRef,
    messages: {
      'identityCard.title': 'Who you are here',
      'identityCard.noIdentityTitle': 'Nobody knows who you are here',
      'identityCard.userEntity': 'In the catalog',
      'identityCard.ownershipEntities': 'You own what belongs to',
      'signOutMenu.title': 'Sign out',
      'signOutMenu.moreIconTitle': 'More',
      'pinToggle.title': 'Keep the sidebar open',
      'pinToggle.description': 'Otherwise it opens under the pointer',
      'pinToggle.ariaLabelTitle': 'Keep the sidebar open',
      'themeToggle.description': 'Light, dark, or as the computer is set',
      'emptyProviders.title': 'Nothing to sign in to',
      'emptyProviders.description':
        'Other systems that the portal can sign you in to would be listed here.',
      'featureFlags.emptyFlags.title': 'Nothing to try out',
      'featureFlags.emptyFlags.description':
        'Parts of the portal that can be switched on before they are done would be listed here.',
    },
  }),
  notifications: createTranslationMessages({
    ref: notificationsTranslationRef,
    messages: {
      'table.emptyMessage':
        'Nothing here. You are told of what happens to your runs and to what you own.',
      'filters.view.label': 'Show',
      'filters.severity.label': 'At least',
      'unreadCard.title_one': 'Unread notifications ({{count}})',
      'unreadCard.title_other': 'Unread notifications ({{count}})',
      'unreadCard.emptyState': 'All caught up',
    },
  }),
  catalogGraph: createTranslationMessages({
    ref: catalogGraphTranslationRef,
    messages: {
      'catalogGraphPage.title': 'How it is connected',
      'catalogGraphPage.zoomOutDescription':
        'Drag to move, pinch or scroll to zoom. A click puts something into the middle; with Shift it opens its page.',
      'catalogGraphPage.maxDepthFilter.title': 'Steps away',
      'catalogGraphPage.maxDepthFilter.inputPlaceholder': 'Any number',
      'catalogGraphPage.maxDepthFilter.clearButtonAriaLabel': 'Any number',
      'catalogGraphPage.curveFilter.title': 'Lines',
      'catalogGraphPage.curveFilter.curveMonotoneX': 'Curved',
      'catalogGraphPage.curveFilter.curveStepBefore': 'Angular',
    },
  }),
  org: createTranslationMessages({
    ref: orgTranslationRef,
    messages: {
      'groupProfileCard.editIconButtonTitle': 'Edit its catalog file',
      'groupProfileCard.refreshIconButtonTitle': 'Read its source again',
      'groupProfileCard.listItemTitle.entityRef': 'Name in the catalog',
      'groupProfileCard.listItemTitle.parentGroup': 'Part of',
      'groupProfileCard.listItemTitle.childGroups': 'Groups in it',
      'membersListCard.title': 'Members of {{groupName}}',
      'membersListCard.noMembersDescription': 'Nobody is in this group yet.',
      'ownershipCard.title': 'Owns',
      'userProfileCard.editIconButtonTitle': 'Edit the catalog file',
    },
  }),
};
