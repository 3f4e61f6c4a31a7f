import { isRunbook } from './isRunbook';
import { readHeadings } from './readHeadings';

const texts = (markdown: string) =>
  readHeadings(markdown).map(({ text }) => text);
const hasRunbook = (markdown: string) => readHeadings(markdown).some(isRunbook);

describe('headings of a Markdown text', () => {
  it('are those that a reader sees', () => {
    expect(
      texts(
        [
          '---\ntitle: Shop\n# a comment\n---',
          '# The *shop* `api` ![build](b.svg) [here](x)',
          'Setext\n---',
          '```sh\n# in code\n```',
          '    # indented code',
          '~~~\n## in tildes\n```\n## still\n~~~',
          '<!-- \n## in a comment\n\n## and on\n-->',
          '> ## in a quote',
          '#no heading',
          '\\# none either',
          '<h2>HTML</h2>',
          '###### Six ######',
          '####### Seven',
        ].join('\n\n'),
      ),
    ).toEqual(['The shop api build here', 'Setext', 'in a quote', 'Six']);
  });

  it.each([
    '## Runbook\n\nTurn it off.',
    '## 3. Runbooks\n\n- One',
    '# 📟 On-call runbook: nights\n### Steps\n```sh\nreboot\n```',
    'Run book\n---\n[Here](https://wiki.example/runbook)',
    '## Runbook\n### Restart\nDo it.\n## Else\n',
    '## The runbook\n<p>Call us</p>',
  ])('are a runbook with something in it: %j', markdown => {
    expect(hasRunbook(markdown)).toBe(true);
  });

  it.each([
    '## Runbook',
    '## Runbook\n\n## Next\n\nText',
    '## Runbook\n\n<!-- to be written -->\n\n## Next\ntext',
    '## Runbook\n\nTo do\n',
    '## Runbook\n\n_Coming soon…_\n',
    '### Runbook\n\n## Text below a higher one\n\nText',
    '## Runbook\n### Restart\n### Stop\n',
    '## No runbook\n\nWe have none.',
    'The runbook is elsewhere.',
    '```\n## Runbook\n```\nText',
  ])('are no runbook: %j', markdown => {
    expect(hasRunbook(markdown)).toBe(false);
  });
});
