import type {
  AuthService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import type { EntityFilterQuery } from '@backstage/catalog-client';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { Candidates } from '../candidates/Candidates';

/** However many readers ask, the catalog is asked once in this time. */
const KEPT_FOR = 1_000;

/**
 * Whether all entities of the catalog can be found: neither before the first index,
 * nor while that is one of a catalog that has grown since.
 *
 * @internal
 */
export class Completeness {
  private kept: { until: number; answer: Promise<boolean> } | undefined;

  constructor(
    private readonly options: {
      auth: AuthService;
      candidates: Candidates;
      catalog: CatalogService;
      config: RootConfigService;
    },
  ) {}

  isComplete(): Promise<boolean> {
    if (!this.kept || this.kept.until < Date.now()) {
      const answer = this.compare();
      this.kept = { until: Date.now() + KEPT_FOR, answer };
      answer.catch(() => {
        this.kept = undefined;
      });
    }
    return this.kept.answer;
  }

  private async compare(): Promise<boolean> {
    const { auth, candidates, catalog, config } = this.options;
    const { totalItems } = await catalog.queryEntities(
      {
        // What the collator leaves out is not missing
        filter: config.getOptional<EntityFilterQuery>(
          'search.collators.catalog.filter',
        ),
        limit: 0,
      },
      { credentials: await auth.getOwnServiceCredentials() },
    );
    const found = await candidates.entities();
    return found > 0 && found >= totalItems;
  }
}
