import { DerivedIncident, Tier } from './Derived';
import { Deployment, isDeployment } from './Deployment';
import { Fact } from './Fact';
import { readText } from './texts';
import { TimeIndex } from './TimeIndex';

/** All of the tier, where an environment has a name of its own. */
const PRODUCTION = 'tier production';

/**
 * Lays incidents to deployments.
 *
 * 1. The deployment that the incident names: by the id of its event (a link, or
 *    `customData.deployment`), else by the same `chainId`, artifact or commit, the
 *    last such deployment before the incident, in its environment if there is one.
 * 2. Else the last observed deployment before it in its environment, if it is of
 *    production and within the window. A rollback is passed over for what it took
 *    back: it mends, and does not break. Monitoring may have names of its own for
 *    environments: where nothing was ever deployed to one of that name, all of
 *    production is meant, unless it is known as staging.
 * 3. Else none.
 *
 * @internal
 */
export class IncidentCauses {
  readonly #tierOf: (environment: string) => Tier;
  readonly #window: number;
  readonly #named: TimeIndex<Deployment>;
  readonly #observed: TimeIndex<Deployment>;

  constructor(options: {
    deployments: Deployment[];
    tierOf: (environment: string) => Tier;
    window: number;
  }) {
    this.#tierOf = options.tierOf;
    this.#window = options.window;
    const deployments = options.deployments.filter(isDeployment);
    const at = ({ row }: Deployment) => row.deployedAt;
    this.#named = new TimeIndex({
      items: deployments,
      at,
      keys: ({ row, facts }) =>
        facts.flatMap(fact => [
          `event ${fact.event.id}`,
          ...descriptions(fact).flatMap(key => [
            key,
            `${row.environment} ${key}`,
          ]),
        ]),
    });
    this.#observed = new TimeIndex({
      items: deployments.filter(({ row }) => row.observed),
      at,
      keys: ({ row }) =>
        row.tier === 'production'
          ? [`environment ${row.environment}`, PRODUCTION]
          : [`environment ${row.environment}`],
    });
  }

  /** @param options - `detections`: events that detect the same incident */
  find(options: {
    detections: Fact[];
    environment?: string;
    detectedAt: number;
  }): { deployment?: Deployment; link?: DerivedIncident['link'] } {
    const named = this.#findNamed(options);
    if (named) {
      return { deployment: named, link: 'named' };
    }
    const { environment, detectedAt } = options;
    const key = this.#placeOf(environment);
    const last = key && this.#observed.last(key, detectedAt);
    const cause = last && last.row.kind === 'rolledback' ? last.tookBack : last;
    return cause &&
      cause.row.tier === 'production' &&
      detectedAt - cause.row.deployedAt <= this.#window
      ? { deployment: cause, link: 'window' }
      : {};
  }

  /** The last observed deployment of where an incident was, in a time. */
  lastBetween(options: {
    environment?: string;
    from: number;
    to: number;
  }): Deployment | undefined {
    const key = this.#placeOf(options.environment);
    const last = key && this.#observed.last(key, options.to);
    return last && last.row.deployedAt > options.from ? last : undefined;
  }

  #findNamed(options: {
    detections: Fact[];
    environment?: string;
    detectedAt: number;
  }): Deployment | undefined {
    const { detections, environment, detectedAt } = options;
    const ids = detections.flatMap(({ links, custom }) =>
      [...links, readText(custom.deployment) ?? []].flat(),
    );
    for (const id of ids) {
      const deployment = this.#named.any(`event ${id}`);
      if (deployment) {
        return deployment;
      }
    }
    for (const key of detections.flatMap(descriptions)) {
      const deployment =
        (environment &&
          this.#named.last(`${environment} ${key}`, detectedAt)) ||
        this.#named.last(key, detectedAt);
      if (deployment) {
        return deployment;
      }
    }
    return undefined;
  }

  #placeOf(environment: string | undefined): string | undefined {
    const key = `environment ${environment}`;
    if (environment && this.#observed.any(key)) {
      return key;
    }
    return environment && this.#tierOf(environment) === 'staging'
      ? undefined
      : PRODUCTION;
  }
}

/** What both may have, the surest first. */
function descriptions({ chainId, artifact, revision }: Fact): string[] {
  return [
    ...(chainId ? [`chain ${chainId}`] : []),
    ...(artifact ? [`artifact ${artifact}`] : []),
    ...(revision ? [`revision ${revision}`] : []),
  ];
}
