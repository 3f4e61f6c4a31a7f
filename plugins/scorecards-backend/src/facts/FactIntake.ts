import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { assertError, NotAllowedError, NotFoundError } from '@backstage/errors';
import { GroupedWrites } from '@waymark/backend-support';
import { scorecardsFactPushPermission } from '@waymark/plugin-scorecards-common';
import { FactAuthorizer } from './FactAuthorizer';
import { FactReporter } from './FactReporter';
import { FactResult, FactStore, NewFact } from './FactStore';
import { ParsedFact, parsePushedFact } from './parsePushedFact';
import { rejected } from './rejected';
import { SubjectIds } from './SubjectIds';

/**
 * Takes facts from people and pipelines.
 *
 * @internal
 */
export class FactIntake {
  readonly #authorizer: FactAuthorizer;
  readonly #writes: GroupedWrites<NewFact, FactResult>;
  readonly #subjects: SubjectIds;

  constructor(options: {
    authorizer: FactAuthorizer;
    store: FactStore;
    subjects: SubjectIds;
  }) {
    this.#authorizer = options.authorizer;
    this.#writes = new GroupedWrites(facts => options.store.push(facts));
    this.#subjects = options.subjects;
  }

  /**
   * @returns what became of each item, in their order
   * @throws NotAllowedError when the caller may not report at all
   */
  async push(
    credentials: BackstageCredentials,
    items: unknown[],
  ): Promise<FactResult[]> {
    const reporter = await this.#authorizer.reporter(credentials);
    const results = new Array<FactResult>(items.length);
    const parsed = new Map<number, ParsedFact>();
    for (const [index, item] of items.entries()) {
      try {
        parsed.set(index, parsePushedFact(item));
      } catch (error) {
        assertError(error);
        results[index] = rejected(error);
      }
    }

    const resolve = await this.#resolver(reporter, [...parsed.values()]);
    const facts = new Map<number, NewFact>();
    for (const [index, item] of parsed) {
      const fact = resolve(item);
      if (fact instanceof Error) {
        results[index] = rejected(fact);
      } else {
        facts.set(index, fact);
      }
    }
    if (facts.size > 0) {
      const stored = await this.#writes.write([...facts.values()]);
      for (const [position, index] of [...facts.keys()].entries()) {
        results[index] = stored[position];
      }
    }
    return results;
  }

  /** Decides for all items together, and then tells what each comes to. */
  async #resolver(
    reporter: FactReporter,
    items: ParsedFact[],
  ): Promise<(item: ParsedFact) => NewFact | Error> {
    const refs = [...new Set(items.map(({ entityRef }) => entityRef))];
    const ids = await this.#subjects.find(
      refs.filter(ref => !reporter.refusalFor(ref)),
      reporter.filter,
    );
    const denied = await reporter.denied([...ids.keys()]);
    const sources = new Map<string | undefined, string | Error>();
    for (const source of new Set(items.map(item => item.source))) {
      sources.set(
        source,
        await reporter.sourceOf(source).catch((error: Error) => {
          if (error.name !== 'NotAllowedError') {
            // A failure is no refusal: the same push may be taken a minute later
            throw error;
          }
          return new NotAllowedError(`source: ${error.message}`);
        }),
      );
    }

    return ({ entityRef, source, ...fact }) => {
      const refusal = reporter.refusalFor(entityRef);
      if (refusal) {
        return refusal;
      }
      const subjectId = ids.get(entityRef);
      if (subjectId === undefined) {
        return new NotFoundError(`entityRef: there is no entity ${entityRef}`);
      }
      if (denied.has(entityRef)) {
        return new NotAllowedError(
          `entityRef: you lack the permission ${scorecardsFactPushPermission.name} for ${entityRef}`,
        );
      }
      const acceptedSource = sources.get(source)!;
      return acceptedSource instanceof Error
        ? acceptedSource
        : { ...fact, subjectId, source: acceptedSource };
    };
  }
}
