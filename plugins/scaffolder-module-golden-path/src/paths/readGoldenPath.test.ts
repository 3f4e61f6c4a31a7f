import { readGoldenPath } from './readGoldenPath';

const template = (goldenPath?: object) => ({
  apiVersion: 'scaffolder.backstage.io/v1beta3',
  kind: 'Template',
  metadata: { name: 'node-api' },
  spec: {
    type: 'service',
    steps: [],
    ...(goldenPath && { goldenPath: { ...goldenPath } }),
  },
});

describe('what a template says of itself', () => {
  it('may be left out', () => {
    expect(readGoldenPath(template())).toEqual({
      isGoldenPath: false,
      description: { for: 'new', makes: [], needs: [] },
      problems: [],
    });
  });

  it('is read, in its short form as well', () => {
    expect(
      readGoldenPath(
        template({
          summary: 'A service',
          for: 'existing',
          version: '1.0.0',
          makes: ['A repository', { title: 'Tests', details: 'Unit tests' }],
          needs: ['A name'],
          duration: { minutes: 1, seconds: 30 },
        }),
      ),
    ).toEqual({
      isGoldenPath: true,
      description: {
        summary: 'A service',
        for: 'existing',
        version: '1.0.0',
        makes: [
          { title: 'A repository' },
          { title: 'Tests', details: 'Unit tests' },
        ],
        needs: ['A name'],
        duration: 90,
      },
      problems: [],
    });
  });

  it('may say more to those who upgrade', () => {
    const { isGoldenPath, problems } = readGoldenPath(
      template({
        files: [{ path: 'src/**', policy: 'once' }],
        changes: [{ version: '1.0.0', text: 'Health checks are faster' }],
      }),
    );
    expect({ isGoldenPath, problems }).toEqual({
      isGoldenPath: true,
      problems: [],
    });
  });

  it.each([
    [{ needs: 'A name' }, /^spec\.goldenPath\.needs: /],
    [{ makes: [{ details: 'Untitled' }] }, /^spec\.goldenPath\.makes\.0/],
    [{ for: 'nobody' }, /^spec\.goldenPath\.for: /],
    [{ duration: { weeks: 1 } }, /^spec\.goldenPath\.duration: .*weeks/],
    [{ sumary: 'Mistyped' }, /^spec\.goldenPath: .*sumary/],
  ])('is passed over when %j is in it, and named', (stated, problem) => {
    const { isGoldenPath, description, problems } = readGoldenPath(
      template(stated),
    );
    expect(isGoldenPath).toBe(true);
    expect(description).toEqual({ for: 'new', makes: [], needs: [] });
    expect(problems).toEqual([expect.stringMatching(problem)]);
  });
});
