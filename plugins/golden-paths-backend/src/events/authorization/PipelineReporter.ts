import { InputError, NotAllowedError } from '@backstage/errors';
import {
  CiPipeline,
  isWithinSource,
} from '@waymark/plugin-ci-credentials-node';
import { EventClaim, EventReporter, EventRight } from './EventReporter';

/**
 * A pipeline: it speaks for the entities and as the source of its credential.
 *
 * @internal
 */
export class PipelineReporter implements EventReporter {
  readonly #entityRefs: Set<string>;
  readonly #observed: boolean;
  readonly #pipeline: CiPipeline;

  /** @param options - `observers`: sources whose word is an observation */
  constructor(options: { observers: string[]; pipeline: CiPipeline }) {
    const { observers, pipeline } = options;
    this.#pipeline = pipeline;
    this.#entityRefs = new Set(pipeline.entityRefs);
    // Whoever may speak as more than the observer is not bound to it
    this.#observed =
      pipeline.sourceVerified &&
      observers.some(observer => isWithinSource(pipeline.source, observer));
  }

  get receivedFrom(): string {
    return this.#pipeline.subject;
  }

  async decide(claims: EventClaim[]): Promise<(EventRight | Error)[]> {
    return claims.map(claim => this.#decide(claim));
  }

  #decide(claim: EventClaim): EventRight | Error {
    const { ownEntityRefs, source } = this.#pipeline;
    const entityRef =
      claim.entityRef ??
      (ownEntityRefs.length === 1 ? ownEntityRefs[0] : undefined);
    if (entityRef === undefined) {
      return new InputError(
        `entityref: is missing: the pipeline ${source} may speak for several entities`,
      );
    }
    if (!this.#entityRefs.has(entityRef)) {
      return new NotAllowedError(
        `entityref: the pipeline ${source} may not speak for ${entityRef}`,
      );
    }
    if (!isWithinSource(claim.source, source)) {
      return new NotAllowedError(
        `source: the pipeline ${source} may not speak as ${claim.source}`,
      );
    }
    return { entityRef, authority: entityRef, observed: this.#observed };
  }
}
