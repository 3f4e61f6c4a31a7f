import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { assertError, InputError } from '@backstage/errors';
import { PayloadTooLargeError } from '@waymark/backend-support';
import { Clock } from '../clock/clockServiceRef';
import { EventAuthorizer } from './authorization/EventAuthorizer';
import { EventReporter } from './authorization/EventReporter';
import { CloudEvent } from './CloudEvent';
import { EventIntake, IncomingEvent, IntakeVerdict } from './EventIntake';
import { parseCloudEvent } from './parseCloudEvent';

/**
 * What became of what somebody sent: accepted, or the reason why not.
 *
 * @internal
 */
export type Answer = (IntakeVerdict & { id: string; source: string }) | Error;

/**
 * Where callers hand in events: checks them and who sends them, and gives those that
 * are right to the intake.
 *
 * @internal
 */
export class EventDoor {
  readonly #acceptsSamples: boolean;
  readonly #authorizer: EventAuthorizer;
  readonly #intake: EventIntake;
  readonly #maxBytes: number;
  readonly #now: Clock;

  constructor(options: {
    /** Whether events may say that they are made up. */
    acceptsSamples: boolean;
    authorizer: EventAuthorizer;
    intake: EventIntake;
    /** Of one event, as JSON without spaces. */
    maxBytes: number;
    now: Clock;
  }) {
    this.#acceptsSamples = options.acceptsSamples;
    this.#authorizer = options.authorizer;
    this.#maxBytes = options.maxBytes;
    this.#intake = options.intake;
    this.#now = options.now;
  }

  /**
   * Who stands there, before anything is taken.
   *
   * @throws NotAllowedError when the caller may not send events at all
   */
  async admit(credentials: BackstageCredentials): Promise<EventReporter> {
    return this.#authorizer.reporter(credentials);
  }

  /**
   * @param items - what may be CloudEvents
   * @returns an answer to each, in their order
   */
  async take(reporter: EventReporter, items: unknown[]): Promise<Answer[]> {
    const answers = new Array<Answer>(items.length);
    const checked = new Map<number, { event: CloudEvent; ref?: string }>();
    for (const [index, item] of items.entries()) {
      try {
        checked.set(index, this.#check(item));
      } catch (error) {
        assertError(error);
        answers[index] = error;
      }
    }

    const incoming = await this.#decide(reporter, checked, answers);
    const verdicts =
      incoming.size > 0
        ? await this.#intake.accept([...incoming.values()])
        : [];
    for (const [position, index] of [...incoming.keys()].entries()) {
      const { id, source } = checked.get(index)!.event;
      answers[index] = { id, source, ...verdicts[position] };
    }
    return answers;
  }

  #check(item: unknown): { event: CloudEvent; ref?: string } {
    const event = parseCloudEvent(item, { now: this.#now() });
    if (Buffer.byteLength(JSON.stringify(event)) > this.#maxBytes) {
      throw new PayloadTooLargeError(
        `The event has more than the ${this.#maxBytes} bytes that are accepted`,
      );
    }
    if (event.sample && !this.#acceptsSamples) {
      throw new InputError(
        'sample: this portal takes no events that are made up, see goldenPaths.sample',
      );
    }
    const { entityref } = event;
    return { event, ref: entityref && normalize(entityref) };
  }

  /** Those that may come in; what is refused becomes an answer. */
  async #decide(
    reporter: EventReporter,
    checked: Map<number, { event: CloudEvent; ref?: string }>,
    answers: Answer[],
  ): Promise<Map<number, IncomingEvent>> {
    const decisions = await reporter.decide(
      [...checked.values()].map(({ event, ref }) => ({
        entityRef: ref,
        source: event.source,
        sample: event.sample ?? false,
      })),
    );
    const incoming = new Map<number, IncomingEvent>();
    for (const [position, [index, { event }]] of [
      ...checked.entries(),
    ].entries()) {
      const decision = decisions[position];
      if (decision instanceof Error) {
        answers[index] = decision;
        continue;
      }
      incoming.set(index, {
        event: event.data,
        extensions: extensionsOf(event),
        entityRef: decision.entityRef,
        authority: decision.authority,
        receivedFrom: reporter.receivedFrom,
        observed: decision.observed,
        sample: event.sample ?? false,
      });
    }
    return incoming;
  }
}

function normalize(entityRef: string): string {
  try {
    return stringifyEntityRef(parseEntityRef(entityRef));
  } catch {
    throw new InputError(
      `entityref: ${JSON.stringify(
        entityRef,
      )} is not a full entity ref, such as component:default/checkout`,
    );
  }
}

/** What CloudEvents itself defines; the rest is of the sender. */
const ATTRIBUTES = new Set([
  'specversion',
  'id',
  'source',
  'type',
  'time',
  'subject',
  'datacontenttype',
  'dataschema',
  'data',
]);

function extensionsOf(event: CloudEvent): IncomingEvent['extensions'] {
  const extensions = Object.entries(event).filter(
    ([name]) => !ATTRIBUTES.has(name),
  );
  return Object.fromEntries(extensions) as IncomingEvent['extensions'];
}
