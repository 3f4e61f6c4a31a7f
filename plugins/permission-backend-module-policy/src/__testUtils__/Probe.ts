import { Column } from './matrix';
import { Answer } from './startPortal';

/** What one person gets: the letter of the cell. */
export type Probe = (who: Column) => Promise<string>;

/** Done or refused; anything else is neither and fails the test. */
export function allowed({ status, body }: Answer): string {
  if (status >= 200 && status < 300) {
    return 'y';
  }
  if ([401, 403, 404].includes(status)) {
    return '-';
  }
  throw new Error(
    `Neither done nor refused: ${status} ${JSON.stringify(body)}`,
  );
}
