import { MetricsServiceObservableCallback } from '@backstage/backend-plugin-api/alpha';
import { metricsServiceMock } from '@backstage/backend-test-utils/alpha';
import { initDatabase } from '../__testUtils__/databases';
import { IncomingEvent, IntakeVerdict } from '../events/EventIntake';
import { DeliveryMetrics } from './DeliveryMetrics';
import { MeasuredIntake } from './MeasuredIntake';

describe('service metrics', () => {
  const counter = { add: jest.fn() };
  const histogram = { record: jest.fn() };
  const callbacks: MetricsServiceObservableCallback[] = [];
  const metrics = new DeliveryMetrics({
    metrics: metricsServiceMock.mock({
      createCounter: () => counter,
      createHistogram: () => histogram,
      createObservableGauge: () => ({
        addCallback: callback => callbacks.push(callback),
        removeCallback: () => {},
      }),
    }),
  });
  const intakeOf = (answer: () => IntakeVerdict[]) =>
    new MeasuredIntake({ intake: { accept: async () => answer() }, metrics });
  const events = [{}, {}, {}, {}] as IncomingEvent[];
  beforeEach(() => counter.add.mockReset());

  it('tell what became of events', async () => {
    const verdicts = [
      { duplicate: false, entityRef: 'component:default/shop' },
      { duplicate: false, entityRef: 'component:default/shop' },
      { duplicate: true },
      { duplicate: false },
    ];
    expect(await intakeOf(() => verdicts).accept(events)).toBe(verdicts);
    expect(counter.add.mock.calls).toEqual([
      [1, { result: 'duplicate' }],
      [1, { result: 'unmatched' }],
      [2, { result: 'accepted' }],
    ]);
    expect(histogram.record).toHaveBeenCalledTimes(1);
  });

  it('tell when events could not be stored', async () => {
    const failing = intakeOf(() => {
      throw new Error('The database is gone');
    });
    await expect(failing.accept(events)).rejects.toThrow('is gone');
    expect(counter.add.mock.calls).toEqual([[4, { result: 'failed' }]]);
  });

  it('tell how many entities wait', async () => {
    const knex = await initDatabase('SQLITE_3');
    await knex('due').insert([
      { entity_id: 1 },
      { entity_id: 1 },
      { entity_id: 2 },
    ]);
    metrics.observeQueue(knex);
    const observed: number[] = [];
    await callbacks[0]({ observe: value => observed.push(value) });
    expect(observed).toEqual([2]);
  });
});
