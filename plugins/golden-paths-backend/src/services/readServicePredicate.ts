import { RootConfigService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import {
  FilterPredicate,
  readOptionalFilterPredicateFromConfig,
} from '@backstage/filter-predicates';
import { checkServicePredicate } from './whereActiveService';

const KEY = 'goldenPaths.services';

const DEFAULT: FilterPredicate = {
  $all: [
    {
      kind: 'Component',
      'spec.type': { $in: ['service', 'website', 'worker'] },
    },
    { $not: { 'spec.lifecycle': 'deprecated' } },
  ],
};

/**
 * Which entities are services, about which metrics of delivery say something.
 *
 * @throws InputError naming what of it cannot be asked of the database
 * @internal
 */
export function readServicePredicate(
  config: RootConfigService,
): FilterPredicate {
  const predicate =
    readOptionalFilterPredicateFromConfig(config, { key: KEY }) ?? DEFAULT;
  try {
    checkServicePredicate(predicate);
  } catch (error) {
    throw new InputError(`${KEY}: ${(error as Error).message}`);
  }
  return predicate;
}
