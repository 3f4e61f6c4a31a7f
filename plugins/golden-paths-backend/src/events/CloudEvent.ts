import { CdEvent } from '@waymark/plugin-golden-paths-common';

/**
 * A CloudEvent 1.0 in the form of JSON that carries a CDEvent 0.5.
 *
 * @internal
 */
export interface CloudEvent {
  specversion: '1.0';
  /** Like those below, the same as in the context of `data`. */
  id: string;
  source: string;
  type: string;
  time?: string;
  subject?: string;
  datacontenttype?: string;
  dataschema?: string;
  /** Extension: the entity that the event speaks for. */
  entityref?: string;
  /** Extension: made up to show something. */
  sample?: boolean;
  data: CdEvent;
  /** Extensions of the sender. */
  [extension: string]: unknown;
}
