import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { ComponentSources } from '../propose/ComponentSources';

/**
 * `golden-path:locate`: finds the repository of a component that is there
 * already, for `golden-path:propose`.
 *
 * It looks with the eyes of whoever started the run.
 *
 * @internal
 */
export function createLocateAction(options: { sources: ComponentSources }) {
  const { sources } = options;

  return createTemplateAction({
    id: 'golden-path:locate',
    description:
      'Finds the repository and the folder of a component of the catalog, for a change to be proposed there. Goes first.',
    supportsDryRun: true,
    schema: {
      input: {
        component: z => z.string().describe('Reference to the component'),
      },
      output: {
        component: z => z.string().describe('The whole reference'),
        name: z => z.string().describe('Its name'),
        title: z => z.string().describe('Its title, or its name'),
        annotations: z =>
          z.record(z.string(), z.string()).describe('Its annotations'),
        repositoryUrl: z =>
          z.string().describe("Address of the repository's page"),
        folder: z =>
          z
            .string()
            .describe(
              'Folder of the component in the repository: empty, or with a slash at its end',
            ),
      },
    },
    async handler(ctx) {
      const found = await sources.find(ctx.input.component, {
        credentials: await ctx.getInitiatorCredentials(),
        logger: ctx.logger,
        signal: ctx.signal,
      });
      ctx.logger.info(
        `${found.component} is in ${found.repositoryUrl}${
          found.folder && `, in the folder ${found.folder}`
        }`,
      );
      ctx.output('component', found.component);
      ctx.output('name', found.name);
      ctx.output('title', found.title);
      ctx.output('annotations', found.annotations);
      ctx.output('repositoryUrl', found.repositoryUrl);
      ctx.output('folder', found.folder);
    },
  });
}
