import { RESOURCE_TYPE_CATALOG_ENTITY } from '@backstage/plugin-catalog-common/alpha';
import { createPermission } from '@backstage/plugin-permission-common';

/**
 * To see scorecards and their outcomes at all. Which scorecards, and of which
 * entities, follows `catalog.entity.read`.
 *
 * @public
 */
export const scorecardsScorecardReadPermission = createPermission({
  name: 'scorecards.scorecard.read',
  attributes: { action: 'read' },
});

/**
 * To report facts about an entity by hand. Pipelines need a CI credential as
 * well.
 *
 * @public
 */
export const scorecardsFactPushPermission = createPermission({
  name: 'scorecards.fact.push',
  attributes: { action: 'create' },
  resourceType: RESOURCE_TYPE_CATALOG_ENTITY,
});

/**
 * To have the facts of an entity collected and its scorecards evaluated now.
 *
 * @public
 */
export const scorecardsEvaluationRunPermission = createPermission({
  name: 'scorecards.evaluation.run',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_CATALOG_ENTITY,
});

/**
 * To ask that an entity be excused from a rule.
 *
 * @public
 */
export const scorecardsExemptionRequestPermission = createPermission({
  name: 'scorecards.exemption.request',
  attributes: { action: 'create' },
  resourceType: RESOURCE_TYPE_CATALOG_ENTITY,
});

/**
 * To approve, deny and revoke exemptions of an entity.
 *
 * @public
 */
export const scorecardsExemptionDecidePermission = createPermission({
  name: 'scorecards.exemption.decide',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_CATALOG_ENTITY,
});

/**
 * All permissions of the plugin.
 *
 * @public
 */
export const scorecardsPermissions = [
  scorecardsScorecardReadPermission,
  scorecardsFactPushPermission,
  scorecardsEvaluationRunPermission,
  scorecardsExemptionRequestPermission,
  scorecardsExemptionDecidePermission,
];
