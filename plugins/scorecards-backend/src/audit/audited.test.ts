import { DefaultAuditorService } from '@backstage/backend-defaults/auditor';
import { mockServices } from '@backstage/backend-test-utils';
import { ConflictError } from '@backstage/errors';
import { audited } from './audited';

describe('audited', () => {
  const seen: object[] = [];
  const auditor = DefaultAuditorService.create(
    event => {
      seen.push(event);
    },
    {
      auth: mockServices.auth(),
      httpAuth: mockServices.httpAuth(),
      plugin: { getId: () => 'scorecards' },
    },
  );
  const event = { eventId: 'exemption-decide', meta: { exemptionId: '7' } };
  beforeEach(() => seen.splice(0));

  it('notes what was done, and what became known on the way', async () => {
    const result = await audited(auditor, event, async note => {
      note({ entityRef: 'component:default/checkout' });
      return 'done';
    });
    expect(result).toBe('done');
    expect(seen).toEqual([
      expect.objectContaining({ ...event, status: 'initiated' }),
      expect.objectContaining({
        eventId: 'exemption-decide',
        status: 'succeeded',
        meta: { exemptionId: '7', entityRef: 'component:default/checkout' },
      }),
    ]);
  });

  it('notes what was refused, and passes it on', async () => {
    const refused = audited(auditor, event, async note => {
      note({ entityRef: 'component:default/checkout' });
      throw new ConflictError('Exemption 7 is denied');
    });
    await expect(refused).rejects.toThrow(ConflictError);
    expect(seen[1]).toMatchObject({
      status: 'failed',
      meta: { exemptionId: '7', entityRef: 'component:default/checkout' },
      error: expect.objectContaining({ name: 'ConflictError' }),
    });
  });
});
