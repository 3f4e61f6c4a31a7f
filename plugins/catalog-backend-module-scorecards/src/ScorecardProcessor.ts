import {
  Entity,
  getCompoundEntityRef,
  parseEntityRef,
  RELATION_OWNED_BY,
  RELATION_OWNER_OF,
} from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { LocationSpec } from '@backstage/plugin-catalog-common';
import {
  CatalogProcessor,
  CatalogProcessorEmit,
  processingResult,
} from '@backstage/plugin-catalog-node';
import { ScorecardEntityV1alpha1 } from '@waymark/plugin-scorecards-common';
import {
  formatIssue,
  validateScorecard,
} from '@waymark/plugin-scorecards-node';

/** More are not read at once, and the message is stored with each try. */
const MAX_ISSUES = 10;

function isScorecard(entity: Entity): boolean {
  return (
    entity.kind.toLocaleLowerCase('en-US') === 'scorecard' &&
    entity.apiVersion.startsWith('waymark.dev/')
  );
}

/**
 * Lets scorecards into the catalog that can be evaluated, and says of others all
 * that is wrong with them. The catalog goes on serving the last good version.
 *
 * @internal
 */
export class ScorecardProcessor implements CatalogProcessor {
  getProcessorName(): string {
    return 'ScorecardProcessor';
  }

  async validateEntityKind(entity: Entity): Promise<boolean> {
    if (!isScorecard(entity)) {
      return false;
    }
    const issues = validateScorecard(entity);
    if (issues.length > 0) {
      const more = issues.length - MAX_ISSUES;
      throw new InputError(
        [
          `The scorecard ${entity.metadata.name} is refused`,
          ...issues
            .slice(0, MAX_ISSUES)
            .map(issue => `- ${formatIssue(issue)}`),
          ...(more > 0 ? [`- and ${more} more`] : []),
        ].join('\n'),
      );
    }
    return true;
  }

  async postProcessEntity(
    entity: Entity,
    _location: LocationSpec,
    emit: CatalogProcessorEmit,
  ): Promise<Entity> {
    if (isScorecard(entity)) {
      const self = getCompoundEntityRef(entity);
      const owner = parseEntityRef(
        (entity as ScorecardEntityV1alpha1).spec.owner,
        { defaultKind: 'Group', defaultNamespace: self.namespace },
      );
      emit(
        processingResult.relation({
          source: self,
          type: RELATION_OWNED_BY,
          target: owner,
        }),
      );
      emit(
        processingResult.relation({
          source: owner,
          type: RELATION_OWNER_OF,
          target: self,
        }),
      );
    }
    return entity;
  }
}
