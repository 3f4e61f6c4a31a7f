import { ApiDefinitionCard } from '@backstage/plugin-api-docs';
import './ApiDefinition.css';

/** The definition of an API, in colours that can be read in both themes. */
export function ApiDefinition() {
  return <ApiDefinitionCard />;
}
