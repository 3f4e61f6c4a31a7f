import { parseEntityRef } from '@backstage/catalog-model';

/** What a golden path is called. */
export function nameOfTemplate(template: {
  templateRef: string;
  title?: string;
}): string {
  return template.title ?? parseEntityRef(template.templateRef).name;
}
