import { EventClaim, EventReporter, EventRight } from './EventReporter';

/**
 * Another plugin of this backend: what it reports it has seen, of any entity.
 *
 * @internal
 */
export class PluginReporter implements EventReporter {
  constructor(readonly receivedFrom: string) {}

  async decide(claims: EventClaim[]): Promise<EventRight[]> {
    return claims.map(({ entityRef }) => ({
      entityRef,
      authority: '',
      observed: true,
    }));
  }
}
