import type { Entity } from '@backstage/catalog-model';

/**
 * The names of the fields of our own or of plugins that a form needs.
 *
 * @internal
 */
export function customFields(template: Entity): string[] {
  const found = new Set<string>();
  const look = (value: unknown) => {
    if (Array.isArray(value)) {
      value.forEach(look);
    } else if (typeof value === 'object' && value !== null) {
      const field = (value as Record<string, unknown>)['ui:field'];
      if (typeof field === 'string') {
        found.add(field);
      }
      Object.values(value).forEach(look);
    }
  };
  look(template.spec?.parameters);
  return [...found];
}
