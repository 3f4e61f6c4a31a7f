import {
  appTreeApiRef,
  coreExtensionData,
  useApi,
} from '@backstage/frontend-plugin-api';
import { useMemo } from 'react';
import { plain, type Found } from '../results/Found';

interface Page {
  title: string;
  to: string;
  /** Other words it is looked for by. */
  words?: string[];
}

/** Pages that stand for themselves: with a title, and without parameters. */
export function usePages(): { pages: Page[]; createPath?: string } {
  const appTree = useApi(appTreeApiRef);
  return useMemo(() => {
    const pages: Page[] = [];
    let createPath: string | undefined;
    for (const { spec, instance } of appTree.getTree().tree.nodes.values()) {
      if (!spec.id.startsWith('page:') || !instance) {
        continue;
      }
      const to = instance.getData(coreExtensionData.routePath);
      const title =
        instance.getData(coreExtensionData.title) ?? spec.plugin.title;
      if (!to || !title || to.includes(':') || spec.id === 'page:search') {
        continue;
      }
      if (spec.id === 'page:scaffolder') {
        createPath = to;
        pages.push(
          { title: 'Create a service', to, words: ['new', 'golden path'] },
          { title: 'Runs of golden paths', to: `${to}/tasks`, words: ['task'] },
        );
      } else {
        pages.push({ title, to });
      }
    }
    return { pages, createPath };
  }, [appTree]);
}

/** The pages whose title has a word that begins like each of those typed. */
export function findPages(pages: Page[], term: string): Found[] {
  const words = term.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) {
    return [];
  }
  return pages
    .filter(({ title, words: more = [] }) => {
      const own = [title, ...more].join(' ').toLowerCase().split(/\s+/);
      return words.every(word => own.some(at => at.startsWith(word)));
    })
    .map(({ title, to }) => ({
      key: `page ${to}`,
      group: 'pages',
      sort: 'page',
      title: plain(title),
      to,
      details: [],
      text: [],
      isDeprecated: false,
    }));
}
