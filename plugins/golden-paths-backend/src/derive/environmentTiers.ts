import { DeriveSettings, Tier } from './Derived';
import { environmentName, Fact } from './Fact';
import { readText } from './texts';

function matcher(patterns: string[]): (name: string) => boolean {
  const expressions = patterns.map(pattern => {
    const parts = pattern
      .toLowerCase()
      .split('*')
      .map(part => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    return new RegExp(`^${parts.join('.*')}$`, 's');
  });
  return name => expressions.some(expression => expression.test(name));
}

/**
 * Which environments are production and which are staging, by their id or by the name
 * that they were created with. One that matches both is production.
 *
 * @internal
 */
export function environmentTiers(
  facts: Fact[],
  settings: DeriveSettings['environments'],
): (environment: string) => Tier {
  const isProduction = matcher(settings.production);
  const isStaging = matcher(settings.staging);
  const names = new Map<string, string>();
  for (const { event, subjectId, content } of facts) {
    const name = readText(content.name);
    const id = environmentName(subjectId);
    if (event.type === 'environment.created' && name && id) {
      names.set(id, name.toLowerCase());
    }
  }

  const known = new Map<string, Tier>();
  const decide = (environment: string): Tier => {
    const candidates = [environment, names.get(environment) ?? environment];
    if (candidates.some(isProduction)) {
      return 'production';
    }
    return candidates.some(isStaging) ? 'staging' : 'other';
  };
  return environment => {
    const tier = known.get(environment) ?? decide(environment);
    known.set(environment, tier);
    return tier;
  };
}
