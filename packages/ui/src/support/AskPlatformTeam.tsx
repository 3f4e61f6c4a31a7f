import { useApiHolder } from '@backstage/frontend-plugin-api';
import { supportApiRef, type AskAbout } from './supportApi';

/**
 * Asks the platform team about what is on the page; nothing where no plugin takes
 * questions.
 *
 * @public
 */
export function AskPlatformTeam(props: { about: AskAbout }) {
  const support = useApiHolder().get(supportApiRef);
  return support ? <support.AskButton about={props.about} /> : null;
}
