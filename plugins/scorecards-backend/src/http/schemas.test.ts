import { parse } from '@waymark/backend-support';
import { scorecardRefSchema } from './schemas';

describe('scorecardRefSchema', () => {
  it('takes the name of a scorecard, and nothing else', () => {
    expect(parse(scorecardRefSchema, 'Docs', 'query')).toBe(
      'scorecard:default/docs',
    );
    expect(() =>
      parse(scorecardRefSchema, 'component:default/docs', 'query'),
    ).toThrow('is not the ref of a scorecard');
  });
});
