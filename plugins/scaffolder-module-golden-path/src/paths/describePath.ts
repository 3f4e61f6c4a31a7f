import { getEntityRelations } from '@backstage/plugin-catalog-react';
import {
  RELATION_OWNED_BY,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import { describeDuration } from '@waymark/ui';
import type { UsualDuration } from '../api';
import { readGoldenPath } from './readGoldenPath';

/** How many runs it takes before they are believed over what the template says. */
const ENOUGH_RUNS = 3;

/**
 * A template, as people choose it.
 *
 * @internal
 */
export interface Path {
  entity: Entity;
  ref: string;
  title: string;
  summary: string;
  isGoldenPath: boolean;
  /** Whether it makes something new or changes what is there already. */
  isFor: 'new' | 'existing';
  version?: string;
  makes: Array<{ title: string; details?: string }>;
  needs: string[];
  /** Names of the steps. */
  steps: string[];
  /** Titles of the fields that have to be filled in, and of the others. */
  asks: { required: string[]; optional: string[] };
  /** How long it takes, as in `usually 4 s`; undefined when nobody knows. */
  duration?: string;
  owners: string[];
  tags: string[];
  /** What is wrong with what the template says of itself. */
  problems: string[];
}

type Fields = Record<string, { title?: unknown } | undefined>;

function asArray(value: unknown): unknown[] {
  if (value === undefined || value === null) {
    return [];
  }
  return Array.isArray(value) ? value : [value];
}

function readAsks(entity: Entity): Path['asks'] {
  const asks: Path['asks'] = { required: [], optional: [] };
  for (const page of asArray(entity.spec?.parameters)) {
    const { properties = {}, required } = page as {
      properties?: Fields;
      required?: unknown;
    };
    const needed = new Set(asArray(required));
    for (const [name, field] of Object.entries(properties)) {
      const title = typeof field?.title === 'string' ? field.title : name;
      asks[needed.has(name) ? 'required' : 'optional'].push(title);
    }
  }
  return asks;
}

function readSteps(entity: Entity): string[] {
  return asArray(entity.spec?.steps).map(step => {
    const { name, id, action } = step as Record<string, unknown>;
    return String(name ?? id ?? action);
  });
}

function readOwners(entity: Entity): string[] {
  const owners = getEntityRelations(entity, RELATION_OWNED_BY);
  if (owners.length > 0) {
    return owners.map(owner => stringifyEntityRef(owner));
  }
  const { owner } = entity.spec ?? {};
  return typeof owner === 'string' ? [owner] : [];
}

function readDuration(
  declared: number | undefined,
  usual: UsualDuration | undefined,
): string | undefined {
  if (usual && (usual.runs >= ENOUGH_RUNS || declared === undefined)) {
    return `usually ${describeDuration(usual.seconds)}`;
  }
  return declared === undefined
    ? undefined
    : `about ${describeDuration(declared)}`;
}

/**
 * What there is to know about a template before it is chosen: what it says of
 * itself, what its runs tell, and what can be told from its form and steps.
 *
 * @internal
 */
export function describePath(entity: Entity, usual?: UsualDuration): Path {
  const { isGoldenPath, description, problems } = readGoldenPath(entity);
  const { metadata } = entity;
  return {
    entity,
    ref: stringifyEntityRef(entity),
    title: metadata.title ?? metadata.name,
    summary: description.summary ?? metadata.description ?? '',
    isGoldenPath,
    isFor: description.for,
    version: description.version,
    makes: description.makes,
    needs: description.needs,
    steps: readSteps(entity),
    asks: readAsks(entity),
    duration: readDuration(description.duration, usual),
    owners: readOwners(entity),
    tags: metadata.tags ?? [],
    problems,
  };
}
