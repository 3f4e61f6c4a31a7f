import type { FilterPredicate } from '@backstage/filter-predicates';
import {
  PermissionCondition,
  PermissionCriteria,
} from '@backstage/plugin-permission-common';
import { z } from 'zod';
import { fieldPredicate } from '../catalog/fieldPredicate';

const text = z.string();
const texts = z.array(z.string());

const ownerParams = z.object({ claims: texts });
const kindParams = z.object({ kinds: texts });
const annotationParams = z.object({ annotation: text, value: text.optional() });
const labelParams = z.object({ label: text, value: text.optional() });
const fieldParams = z.object({ key: text, value: text.optional() });

/**
 * Translates conditions on catalog entities into a query of the catalog, which
 * then finds all that match in one go.
 *
 * @returns undefined when a condition is none of the catalog's built-in ones
 * @internal
 */
export function toFilterPredicate(
  criteria: PermissionCriteria<PermissionCondition>,
): FilterPredicate | undefined {
  if ('allOf' in criteria) {
    const parts = translateAll(criteria.allOf);
    return parts && { $all: parts };
  }
  if ('anyOf' in criteria) {
    const parts = translateAll(criteria.anyOf);
    return parts && { $any: parts };
  }
  if ('not' in criteria) {
    const part = toFilterPredicate(criteria.not);
    return part && { $not: part };
  }
  return translateRule(criteria);
}

function translateAll(
  criteria: PermissionCriteria<PermissionCondition>[],
): FilterPredicate[] | undefined {
  const parts: FilterPredicate[] = [];
  for (const part of criteria) {
    const translated = toFilterPredicate(part);
    if (translated === undefined) {
      return undefined;
    }
    parts.push(translated);
  }
  return parts;
}

function translateRule(
  condition: PermissionCondition,
): FilterPredicate | undefined {
  const { rule, params } = condition;
  switch (rule) {
    case 'IS_ENTITY_OWNER': {
      const parsed = ownerParams.safeParse(params);
      return parsed.success
        ? { 'relations.ownedBy': { $in: parsed.data.claims } }
        : undefined;
    }
    case 'IS_ENTITY_KIND': {
      const parsed = kindParams.safeParse(params);
      return parsed.success ? { kind: { $in: parsed.data.kinds } } : undefined;
    }
    case 'HAS_ANNOTATION': {
      const parsed = annotationParams.safeParse(params);
      return parsed.success
        ? field(
            `metadata.annotations.${parsed.data.annotation}`,
            parsed.data.value,
          )
        : undefined;
    }
    case 'HAS_LABEL': {
      const parsed = labelParams.safeParse(params);
      return parsed.success
        ? field(`metadata.labels.${parsed.data.label}`, parsed.data.value)
        : undefined;
    }
    case 'HAS_METADATA':
    case 'HAS_SPEC': {
      const parsed = fieldParams.safeParse(params);
      const root = rule === 'HAS_SPEC' ? 'spec' : 'metadata';
      return parsed.success
        ? field(`${root}.${parsed.data.key}`, parsed.data.value)
        : undefined;
    }
    default:
      return undefined;
  }
}

function field(key: string, value?: string): FilterPredicate {
  return fieldPredicate(key, value === undefined ? { $exists: true } : value);
}
